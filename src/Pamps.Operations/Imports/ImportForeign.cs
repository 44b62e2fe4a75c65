using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Imports;

/// <summary>Into which account something is taken in, and how.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Username">Its name.</param>
/// <param name="Visibility">Who may see its posts at most.</param>
/// <param name="At">When it was brought.</param>
internal sealed record ImportInto(long UserId, string Username, Visibility Visibility, DateTime At)
{
    /// <summary>What came of it until it was begun anew; null when it was not.</summary>
    public ImportReport? Before { get; init; }
}

/// <summary>
/// Takes in the posts of an archive of elsewhere: with their dates, in threads, with their pictures. Nobody is told, nobody is named, and
/// they stand in lists where their dates belong. Bookmarks of posts of this site come along. What was taken in once is not again, even when it was deleted here.
/// </summary>
internal sealed class ImportForeign(
    ImportPosts posts,
    ImportPictures pictures,
    ImportBookmarks bookmarks,
    IPrivateFiles files,
    ArchiveRoom archives,
    IHtmlText html,
    Sql sql,
    PampsOptions options
)
{
    /// <summary>As <see cref="ImportAccount"/>.</summary>
    private const int Batch = 200;

    private const int PictureWeight = 20;

    /// <summary>What may be encoded for minutes is the last of its batch.</summary>
    private static readonly string[] Recordings =
    [
        ".mp4",
        ".m4v",
        ".mov",
        ".webm",
        ".mp3",
        ".m4a",
        ".aac",
        ".ogg",
        ".oga",
        ".opus",
        ".flac",
        ".wav",
    ];

    /// <summary>What is younger is not old news: else many posts at once would stand on top of lists.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>Takes in what is in an archive.</summary>
    /// <param name="into">Into which account.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="tellAsync">Told how many were looked at, of how many, and what came of them; says whether to go on.</param>
    /// <param name="ct">Stops between batches.</param>
    /// <exception cref="InvalidDataException">It is no archive that is known, is damaged, or has too much in it.</exception>
    public async Task<Result<Tally>> RunAsync(
        ImportInto into,
        FileStream archive,
        Func<long, long, Tally, Task<bool>> tellAsync,
        CancellationToken ct
    )
    {
        var left = await archives.LeftAsync(ct);
        using var opened = await ForeignFiles.OpenAsync(
            archive,
            files.NewScratch,
            // The operator's may be larger than those that others bring.
            Math.Max(options.Archives.ImportBytes, archive.Length),
            left,
            ct
        );
        var source = (IForeignPosts?)TwitterPosts.In(opened)
            ?? ActivityPosts.In(opened, html)
            ?? throw new InvalidDataException("It has no posts of a kind that is known.");
        var tally = new Tally(source.Source, into.Before);
        using var index = await PostIndex.ReadAsync(opened, source, files.NewScratch, left, tally, ct);
        var owner = new ImportOwner(into.Username, into.UserId, IsForeign: true);
        var report = new PictureReport();
        var room = await RoomAsync(into, ct);
        var (batch, weight, last) = (new List<ArchivedPost>(), 0, 0L);
        for (var place = 0; place < index.Count; place++)
        {
            if (tally.Made + batch.Count >= room)
            {
                if (await WriteAsync(place) is { } ended)
                {
                    return ended;
                }
                if (tally.Made >= room)
                {
                    tally.Leave("too_many", name: null, index.Count - place);
                    break;
                }
            }
            var read = await ReadAsync(place);
            if (read is null)
            {
                continue;
            }
            var post = ToArchived(read, into, source.Source, tally, ref last);
            if (post is null)
            {
                continue;
            }
            batch.Add(post);
            weight +=
                1 + post.Pictures.Sum(x => Recordings.Any(y => IsNamed(x.File, y)) ? Batch : PictureWeight);
            if (weight >= Batch && await WriteAsync(place + 1) is { } stopped)
            {
                return stopped;
            }
        }
        return await WriteAsync(index.Count)
            ?? await bookmarks.RunAsync(
                into,
                opened,
                source.Bookmarks,
                tally,
                () => tellAsync(index.Count, index.Count, tally),
                ct
            );

        async Task<ForeignPost?> ReadAsync(int place)
        {
            try
            {
                return source.Read(await index.ReadAsync(place, ct));
            }
            catch (Exception exception)
                when (exception is JsonException or FormatException or InvalidOperationException)
            {
                tally.Leave("damaged", name: null);
                return null;
            }
        }

        // What it answers is the end; null to go on.
        async Task<Result<Tally>?> WriteAsync(int done)
        {
            Result<Tally> end = tally;
            if (await WriteBatchAsync(opened, batch, owner, report, tally, ct) is { } error)
            {
                return end = error;
            }
            (batch, weight) = ([], 0);
            ct.ThrowIfCancellationRequested();
            return await tellAsync(done, index.Count, tally) ? default(Result<Tally>?) : end;
        }
    }

    private async Task<Error?> WriteBatchAsync(
        ForeignFiles opened,
        List<ArchivedPost> batch,
        ImportOwner owner,
        PictureReport report,
        Tally tally,
        CancellationToken ct
    )
    {
        if (batch.Count == 0)
        {
            return null;
        }
        var kept = await pictures.RunAsync(opened.Open, batch, owner, report, progress: null, total: 0, ct);
        if (kept.IsRefused(out var error))
        {
            return error;
        }
        var written = await posts.RunAsync(batch, kept.Value, owner, ct);
        if (written.IsRefused(out error))
        {
            return error;
        }
        tally.Made += written.Value.Posts;
        tally.Here += batch.Count - written.Value.Posts;
        tally.Pictures += written.Value.Pictures;
        foreach (var (code, count) in report.TakeCodes())
        {
            tally.Leave($"picture_{code}", name: null, count);
        }
        return null;
    }

    /// <summary>How many posts more the account may have, and this may make.</summary>
    private async Task<long> RoomAsync(ImportInto into, CancellationToken ct)
    {
        if (options.Limits is not { Enabled: true, TotalPosts: > 0 and var most })
        {
            return options.Archives.ImportPosts;
        }
        var has = await sql.FirstAsync(
            "SELECT count(*) FROM post p WHERE p.user_id = @user_id",
            row => row.GetInt64(0),
            ct,
            ("user_id", into.UserId)
        );
        return Math.Min(options.Archives.ImportPosts, Math.Max(0, most - has) + (into.Before?.Made ?? 0));
    }

    private static bool IsNamed(string? file, string end) =>
        file?.EndsWith(end, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The post as it is to be here; null when it is left out.</summary>
    private ArchivedPost? ToArchived(
        ForeignPost post,
        ImportInto into,
        string source,
        Tally tally,
        ref long last
    )
    {
        var date = post.Date.AddTicks(-(post.Date.Ticks % TimeSpan.TicksPerMicrosecond));
        if (date < OldIds.Earliest || date > into.At - Recent)
        {
            tally.Leave(date < OldIds.Earliest || date > into.At ? "date" : "recent", post.Key);
            return null;
        }
        var said = string.Concat(post.Text.Where(x => !char.IsControl(x) || x is '\n' or '\t'));
        var isEmpty = string.IsNullOrWhiteSpace(said);
        if (isEmpty && post.Pictures.Count == 0)
        {
            tally.Leave("empty", post.Key);
            return null;
        }
        var text = PlainText.Normalize("text", isEmpty ? Described(post) : said, 1, options.Posts.MaxLength);
        if (text.IsRefused(out var error) && !isEmpty)
        {
            tally.Leave(error.Fields!["text"].Code, post.Key);
            return null;
        }
        var alone = text.IsRefused(out _) ? ArchivedPost.NoWords : text.Value;
        var origin = Origin.Of(source, post.Key);
        last = OldIds.After(last, date, origin);
        return new ArchivedPost(
            last,
            isEmpty ? "" : alone,
            alone,
            date,
            EditedAt: null,
            // Another id of about that time, should what it replies to not be here: it stays a reply to what is not.
            post.ParentKey
                is null
                ? null
                : new ArchivedName(OldIds.Beside(last), Author: null, Date: null),
            (Visibility)Math.Max((short)post.Visibility, (short)into.Visibility),
            post.Sensitive && post.Pictures.Count > 0,
            [.. post.Pictures.Select(x => new ArchivedPicture(x.File, Shortened(x.Description), x.Focus))]
        )
        {
            Origin = origin,
            ParentOrigin = post.ParentKey is { } parent ? Origin.Of(source, parent) : null,
            NativeId = post.NativeId,
        };
    }

    private static string Described(ForeignPost post) =>
        string.Join('\n', post.Pictures.Select(x => x.Description).OfType<string>());

    /// <summary>Elsewhere more may be said of a picture than here.</summary>
    private static string? Shortened(string? description) =>
        description is { Length: > OwnMedia.MaxDescription }
            ? description[
                ..(
                    OwnMedia.MaxDescription
                    - (char.IsHighSurrogate(description[OwnMedia.MaxDescription - 2]) ? 2 : 1)
                )
            ] + "…"
            : description;
}

/// <summary>Ids of posts that were written before ids began, or long ago: by their dates, as all are.</summary>
internal static class OldIds
{
    /// <summary>What was written before is left out: nothing was.</summary>
    public static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// Of a second before ids begin there are so many, so that all from <see cref="Earliest"/> on lie in their first day, in their order.
    /// </summary>
    private const long PerSecond = 400;

    /// <summary>An id of that moment, and above the last one of the same archive, whose posts come in the order of their dates.</summary>
    public static long After(long last, DateTime date, long origin)
    {
        var id =
            date < Ids.Epoch
                ? ((long)((date - Earliest).TotalSeconds * PerSecond)) + 1
                : Ids.At(date, (int)((ulong)origin % (Ids.PerMillisecond / 2)));
        return Math.Max(id, last + 1);
    }

    /// <summary>Another id of the same millisecond.</summary>
    public static long Beside(long id)
    {
        var (first, _) = Ids.MillisecondOf(id);
        return Math.Max(1, first + ((id - first + (Ids.PerMillisecond / 2)) % Ids.PerMillisecond));
    }
}
