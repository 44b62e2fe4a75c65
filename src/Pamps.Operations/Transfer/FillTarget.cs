using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>Fills an empty database with the rows of another, or of a backup.</summary>
internal sealed class FillTarget(
    IDatabase database,
    Schema schema,
    StoredTables tables,
    Sql sql,
    TimeProvider time
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a server without any account comes to have by being started and asked: what it says of itself, and tries of names that
    /// nobody has. It gives way.
    /// </summary>
    private static readonly string[] Nobodys = ["security_event", "sign_in_failure"];

    /// <summary>
    /// Begins, or goes on with what was begun from the same source. Makes the schema where there is none. Refused, and
    /// nothing changed, when the database holds any row of its own.
    /// </summary>
    /// <param name="source">What the rows come from.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<TableFill>> BeginAsync(string source, CancellationToken ct)
    {
        var status = await schema.ReadStatusAsync(ct);
        if (!status.IsUnfinished && await CheckAsync(status, ct) is { } unfit)
        {
            return unfit;
        }
        if (
            status.IsEmpty
            && (await schema.UpgradeAsync(withSnapshot: false, report: null, ct)).IsRefused(out var obstacle)
        )
        {
            return obstacle;
        }
        var held = await TryLockAsync(ct);
        if (held is null)
        {
            return Refused("target_busy", "is being worked on by another pamps");
        }
        try
        {
            // Another may have begun or ended meanwhile.
            status = await schema.ReadStatusAsync(ct);
            if (!status.IsUnfinished && await CheckAsync(status, ct) is { } late)
            {
                await held.DisposeAsync();
                return late;
            }
            var left = status.IsUnfinished ? await FillNotes.ReadAsync(sql, ct) : null;
            if (left is not null && left.Source != source)
            {
                await held.DisposeAsync();
                return Refused(
                    "target_unfinished",
                    $"holds a part of another source: {left.Source}. Go on with that one, or empty it with `pamps reset-db`"
                );
            }
            return await OpenAsync(source, left, held, ct);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private async Task<TableFill> OpenAsync(
        string source,
        FillNotes? left,
        IAsyncDisposable held,
        CancellationToken ct
    )
    {
        var filled = tables.Carried.Select(x => x.Name).Concat(WordRows.Tables).ToList();
        var fill = await database.BeginFillAsync(filled, left?.Away, ct);
        try
        {
            fill.LeavesAway = true;
            if (left is null)
            {
                left = await FillNotes.BeginAsync(fill, source, ct);
                foreach (var table in Nobodys)
                {
                    await fill.ExecuteAsync(new Statement($"DELETE FROM {table}"), ct);
                }
                await fill.CommitAsync(ct);
            }
            return new TableFill(fill, left, database, tables, time, held);
        }
        catch
        {
            await fill.DisposeAsync();
            throw;
        }
    }

    private async Task<Error?> CheckAsync(SchemaStatus status, CancellationToken ct)
    {
        if (status.IsEmpty)
        {
            return null;
        }
        if (!status.IsCurrent)
        {
            return Refused(
                "target_unfit",
                "has the schema of another version of pamps. Empty it with `pamps reset-db`"
            );
        }
        foreach (var table in tables.Carried.Where(x => !Nobodys.Contains(x.Name)))
        {
            if (await sql.FirstAsync($"SELECT 1 FROM \"{table.Name}\" LIMIT 1", _ => true, ct))
            {
                return Refused(
                    "database_not_empty",
                    $"is not empty: it has rows in \"{table.Name}\". Name an empty one"
                );
            }
        }
        return null;
    }

    private async Task<IAsyncDisposable?> TryLockAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await database.LockSchemaAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private Error Refused(string code, string what) =>
        new(ErrorKind.Conflict, code, $"The {database.Description} {what}.");
}
