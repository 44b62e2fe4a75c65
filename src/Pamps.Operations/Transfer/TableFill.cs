using System.Runtime.CompilerServices;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Search;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>
/// A database as it is filled. Disposed before it has ended, it leaves what is in, and notes from which the next one goes on.
/// </summary>
internal sealed class TableFill(
    IBulkFill fill,
    FillNotes notes,
    IDatabase database,
    StoredTables tables,
    TimeProvider time,
    IAsyncDisposable held
) : IAsyncDisposable
{
    /// <summary>Few enough that a stop loses little work, many enough that commits cost little.</summary>
    private const int Chunk = 10_000;

    /// <summary>Takes the rows of a table in, and the words by which they are found.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rowsBehind">Gives the rows behind those that are in already.</param>
    /// <param name="total">How many rows there are, with those.</param>
    /// <param name="progress">Told every 10,000 rows.</param>
    /// <param name="ct">Stops.</param>
    public async Task TakeAsync(
        StoredTable table,
        Func<FillPosition, IAsyncEnumerable<object?[][]>> rowsBehind,
        long total,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var position = notes.PositionIn(table);
        var (done, kept) = (position.Rows, position.Rows);
        object?[]? last = null;
        progress?.Report(new WorkProgress(table.Name, done, total));
        await foreach (var (rows, words) in WithWords(table, rowsBehind(position), ct).AheadAsync(ct))
        {
            await fill.InsertAsync(table.Name, table.ColumnNames, rows, ct);
            if (words is not null)
            {
                await fill.InsertAsync(words.Table, words.Columns, words.Rows, ct);
            }
            (done, last) = (done + rows.Length, rows[^1]);
            if (done - kept >= Chunk)
            {
                await KeepAsync();
            }
        }
        if (done > kept)
        {
            await KeepAsync();
        }

        async Task KeepAsync()
        {
            await FillNotes.SetPositionAsync(fill, table, done, last!, ct);
            await fill.CommitAsync(ct);
            kept = done;
            progress?.Report(new WorkProgress(table.Name, done, total));
        }
    }

    /// <summary>Gives back the indexes and references, and lets the planner know what there is.</summary>
    public async Task RestoreAsync(IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var (total, given) = (fill.Away.Count, 0);
        await fill.RestoreAsync(
            async statement =>
            {
                await FillNotes.SetGivenAsync(fill, statement, ct);
                progress?.Report(new WorkProgress("indexes", ++given, total));
            },
            ct
        );
        await database.MaintainAsync("ANALYZE", ct);
    }

    /// <summary>Says that the database is whole. From now on it can be served.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        foreach (var table in tables.Carried)
        {
            foreach (var column in table.Columns.Where(x => x.IsNumbered))
            {
                await CountOnAsync(
                    table,
                    column,
                    $"(SELECT coalesce(max(\"{column.Name}\"), 1) FROM \"{table.Name}\")"
                );
            }
        }
        // Numbers that no event of the source had: whoever comes back with the place of one then begins anew, and misses
        // nothing unawares.
        var unused = time.GetUtcNow().ToUnixTimeMilliseconds();
        await CountOnAsync(tables.Events, tables.Events.Columns.Single(x => x.IsNumbered), $"{unused}");
        await FillNotes.EndAsync(fill, ct);
        await fill.EndAsync(ct);

        async Task CountOnAsync(StoredTable table, StoredColumn column, string from)
        {
            foreach (var statement in database.Dialect.CountOn(table.Name, column.Name, from))
            {
                await fill.ExecuteAsync(statement, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await fill.DisposeAsync();
        }
        finally
        {
            await held.DisposeAsync();
        }
    }

    private async IAsyncEnumerable<(object?[][] Rows, WordRows? Words)> WithWords(
        StoredTable table,
        IAsyncEnumerable<object?[][]> parts,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var rows in parts.WithCancellation(ct))
        {
            yield return (rows, WordRows.Of(table.Name, table.ColumnNames, rows, database.Dialect));
        }
    }
}
