using Pamps.Core;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>What was copied.</summary>
/// <param name="Tables">What each table holds, on both databases.</param>
public sealed record CopySummary(IReadOnlyList<TableDigest> Tables);

/// <summary>Copies all that a database holds into an empty one, of the same product or the other.</summary>
/// <remarks>
/// Rows stream from one to the other, so memory does not grow with them. Stopped or killed, the copy goes on where it was
/// when it is run again; until it has ended no server serves the target. Events of the live stream stay behind: their
/// places mean nothing in another database, and whoever listens begins anew.
/// </remarks>
public sealed class CopyDatabase
{
    private readonly FillTarget target;
    private readonly StoredData targetData;

    internal CopyDatabase(FillTarget target, StoredData targetData) =>
        (this.target, this.targetData) = (target, targetData);

    /// <summary>
    /// Copies into this database. Refused when the source's schema is not this version's, when this database holds rows of
    /// its own, and in the end when both do not hold the same, as after writes to the source meanwhile.
    /// </summary>
    /// <param name="source">The data to copy.</param>
    /// <param name="progress">Told every 10,000 rows.</param>
    /// <param name="ct">Stops; what was copied until then stays, for the next run to go on from.</param>
    public async Task<Result<CopySummary>> RunAsync(
        StoredData source,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Description == targetData.Description)
        {
            return new Error(
                ErrorKind.Conflict,
                "same_database",
                "The source and the target are the same database."
            );
        }
        if (await source.CheckAsync(ct) is { } unfit)
        {
            return unfit;
        }
        var begun = await target.BeginAsync(source.Description, ct);
        if (begun.IsRefused(out var refusal))
        {
            return refusal;
        }
        await using var fill = begun.Value;
        // What follows computes for long: the caller's thread, which may be a screen's, stays free.
        return await Task.Run(() => FillAsync(source, fill, progress, ct), ct);
    }

    private async Task<Result<CopySummary>> FillAsync(
        StoredData source,
        TableFill fill,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        await using (var snapshot = await source.OpenAsync(ct))
        {
            foreach (var table in source.Tables.Carried)
            {
                await fill.TakeAsync(
                    table,
                    position => snapshot.RowsAsync(table, position.LastKey, ct),
                    await snapshot.CountAsync(table, ct),
                    progress,
                    ct
                );
            }
        }
        await fill.RestoreAsync(progress, ct);
        var (from, to) = await CompareAsync(source, progress, ct);
        if (from.Zip(to).FirstOrDefault(x => x.First != x.Second) is { First: not null } differing)
        {
            return new Error(
                ErrorKind.Conflict,
                "copy_differs",
                $"The table {differing.First.Table} differs: {differing.First.Rows} rows in the source and {differing.Second.Rows} in the target. "
                    + "If the source was written to meanwhile, serve it with --read-only; then empty the target with `pamps reset-db` and copy again."
            );
        }
        await fill.EndAsync(ct);
        return new CopySummary(to);
    }

    /// <summary>Reads both databases anew, at the same time.</summary>
    private async Task<(IReadOnlyList<TableDigest> From, IReadOnlyList<TableDigest> To)> CompareAsync(
        StoredData source,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var to = Task.Run(() => targetData.DigestAsync("", progress: null, either.Token), ct);
        try
        {
            var from = await source.DigestAsync("verify", progress, either.Token);
            return (from, await to);
        }
        catch
        {
            await either.CancelAsync();
            await to.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
    }
}
