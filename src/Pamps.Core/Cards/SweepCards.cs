using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Cards;

/// <summary>Takes away the cards of pages that no post links to any more, with their pictures.</summary>
public sealed class SweepCards : IRecurringJob
{
    private const int Batch = 500;

    private readonly Writer writer;
    private readonly Sql sql;

    internal SweepCards(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <inheritdoc/>
    public string Kind => "sweep-cards";

    /// <inheritdoc/>
    public TimeSpan Delay => TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public Task RunAsync(JobRun run, CancellationToken ct) => RunAsync(ct);

    /// <summary>Walks through all of them by their key, a few at a time; answers how many it took away.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var swept = 0;
        for (long? after = 0; after is { } from; )
        {
            after = await sql.FirstAsync(
                "SELECT ca.id FROM card ca WHERE ca.id > @from ORDER BY ca.id LIMIT 1 OFFSET @take",
                row => (long?)row.GetInt64(0),
                ct,
                ("from", from),
                ("take", Batch)
            );
            var unused = await sql.ListAsync(
                $"SELECT ca.id FROM card ca WHERE ca.id > @from AND ca.id <= @to AND NOT {CardRows.IsLinked}",
                row => row.GetInt64(0),
                ct,
                ("from", from),
                ("to", after ?? long.MaxValue)
            );
            foreach (var id in unused)
            {
                var one = await writer.RunAsync<bool>(viewer: null, write => DropAsync(write, id), ct);
                swept += one.Value ? 1 : 0;
            }
        }
        return swept;
    }

    /// <summary>A post that links to the page just now waits for the row, and makes a new one.</summary>
    private static async Task<Result<bool>> DropAsync(Write write, long id)
    {
        (string, object?) which = ("card_id", id);
        write.Before(
            write.Dialect.Lock(
                $"SELECT 1 FROM card ca WHERE ca.id = @card_id{write.Dialect.ForUpdate("ca")}",
                which
            )
        );
        var unused = await write.FirstAsync(
            new Statement(
                $"SELECT ca.picture FROM card ca WHERE ca.id = @card_id AND NOT {CardRows.IsLinked}",
                which
            ),
            row => new Unused(row.GetStringOrNull(0))
        );
        if (unused is null)
        {
            return false;
        }
        CardPictures.Leave(write, unused.Picture);
        write.Then(new Statement("DELETE FROM card WHERE id = @card_id", which));
        return true;
    }

    private sealed record Unused(string? Picture);
}
