using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Outgoing;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Cards;

/// <summary>
/// Asks the pages that posts link to what they are. One instance does at a time, so that few are asked at once, and no host for more
/// than one page. What has no answer has no card, and is asked again when a post links to it a day later.
/// </summary>
public sealed partial class FetchCards : IJobHandler
{
    private const string Name = "fetch-cards";

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly IForeignPages pages;
    private readonly CardPictures pictures;
    private readonly CardMeasures measures;
    private readonly bool isEnabled;
    private readonly ILogger<FetchCards> logger;

    internal FetchCards(
        Writer writer,
        Sql sql,
        IForeignPages pages,
        CardPictures pictures,
        CardMeasures measures,
        PampsOptions options,
        ILogger<FetchCards> logger
    )
    {
        (this.writer, this.sql, this.pages, this.pictures) = (writer, sql, pages, pictures);
        (this.measures, this.logger) = (measures, logger);
        isEnabled = options.AsksPages;
    }

    /// <summary>Fetches all that wait; of many who ask for it one is enough.</summary>
    internal static Job Job { get; } = new(Name, Key: "waiting");

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public TimeSpan LongestPause => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public bool GivesUp => false;

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        while (isEnabled)
        {
            var waiting = await sql.ListAsync(
                $"""
                SELECT ca.id, ca.url, {CardRows.IsLinked} FROM card ca
                WHERE ca.wanted_at IS NOT NULL ORDER BY ca.wanted_at LIMIT @take
                """,
                row => new Waiting(row.GetInt64(0), row.GetString(1), row.GetBoolean(2)),
                ct,
                ("take", measures.Batch)
            );
            if (waiting.Count == 0)
            {
                return;
            }
            await Parallel.ForEachAsync(
                waiting.GroupBy(x => x.Address?.Host),
                new ParallelOptions { MaxDegreeOfParallelism = measures.Hosts, CancellationToken = ct },
                async (ofHost, stop) =>
                {
                    foreach (var card in ofHost.Take(measures.OfHost))
                    {
                        await FetchAsync(card, stop);
                    }
                }
            );
        }
    }

    private async Task FetchAsync(Waiting card, CancellationToken ct)
    {
        // A post may have been deleted, or changed, before its link's turn came.
        var page = card is { IsLinked: true, Address: { } address }
            ? await pages.ReadAsync(address, ct)
            : null;
        if (page is null || OneLine.Fit(page.Title, measures.MostTitle) is not { } title)
        {
            LogNone(card.Address?.Host);
            await writer.RunAsync<Done>(viewer: null, write => Fail(write, card.Id), ct);
            return;
        }
        var view = new CardView(
            card.Url,
            title,
            OneLine.Fit(page.Description, measures.MostDescription),
            OneLine.Fit(page.SiteName, measures.MostSiteName),
            OneLine.Fit(page.Author, measures.MostAuthor),
            Picture: null
        );
        if (page.Picture is null || !await pictures.KeepAsync(page.Picture, Keep, ct))
        {
            await writer.RunAsync<Done>(viewer: null, write => Keep(write, null), ct);
        }

        Task<Result<Done>> Keep(Write write, CardPicture? picture) =>
            KeepAsync(write, card.Id, view with { Picture = picture });
    }

    /// <summary>What was known of the page stays.</summary>
    private Task<Result<Done>> Fail(Write write, long id)
    {
        write.Then(
            new Statement(
                "UPDATE card SET wanted_at = NULL, due_at = @due WHERE id = @card_id",
                ("card_id", id),
                ("due", write.Now + measures.Failed)
            )
        );
        return Task.FromResult<Result<Done>>(new Done());
    }

    private async Task<Result<Done>> KeepAsync(Write write, long id, CardView card)
    {
        (string, object?) which = ("card_id", id);
        var picture = card.Picture?.File;
        var last = await write.FirstAsync(
            new Statement("SELECT ca.picture FROM card ca WHERE ca.id = @card_id", which),
            row => row.GetStringOrNull(0)
        );
        CardPictures.Leave(write, last == picture ? null : last);
        write.Then(
            new Statement(
                "UPDATE card SET content = @content, picture = @picture, wanted_at = NULL, due_at = @due WHERE id = @card_id",
                ("content", CardJson.Of(card).Json),
                ("picture", picture),
                ("due", write.Now + measures.Fresh),
                which
            ),
            // Who looks at the posts hears what they show now.
            EventLog.RecordEdits(
                write,
                CardRows.NewPosts,
                which,
                ("first", Ids.At(write.Now - measures.Told, 0))
            )
        );
        return new Done();
    }

    private sealed record Waiting(long Id, string Url, bool IsLinked)
    {
        /// <summary>Null where somebody else wrote the row, as into a backup.</summary>
        public Uri? Address { get; } = Uri.TryCreate(Url, UriKind.Absolute, out var address) ? address : null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "There is no card of the page of {Host}")]
    private partial void LogNone(string? host);
}
