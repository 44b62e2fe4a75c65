using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>All that a database holds, to be read from its beginning to its end. Nothing in it is changed.</summary>
public sealed class StoredData
{
    private readonly IDatabase database;
    private readonly Schema schema;
    private readonly StoredTables tables;

    internal StoredData(IDatabase database, Schema schema, StoredTables tables) =>
        (this.database, this.schema, this.tables) = (database, schema, tables);

    internal string Description => database.Description;

    internal StoredTables Tables => tables;

    /// <summary>Why it cannot be read whole; null when it can.</summary>
    internal async Task<Error?> CheckAsync(CancellationToken ct)
    {
        var status = await schema.ReadStatusAsync(ct);
        return status switch
        {
            { IsEmpty: true } => Unfit("no schema, so there is nothing in it"),
            { IsUnfinished: true } => Unfit("only a part of its data: a copy into it was not finished"),
            { Unknown.Count: > 0 } => Unfit(
                $"the migration {status.Unknown[^1]}, which this version of pamps does not know. Run a newer pamps"
            ),
            { Pending.Count: > 0 } => Unfit(
                "an older schema than this version of pamps. Bring it up first, with `pamps db upgrade`"
            ),
            _ => null,
        };

        Error Unfit(string what) =>
            new(ErrorKind.Conflict, "source_unfit", $"The {database.Description} has {what}.");
    }

    internal async Task<TableSnapshot> OpenAsync(CancellationToken ct) =>
        new(await database.BeginSnapshotAsync(ct));

    /// <summary>Reads all tables, and adds up what each holds.</summary>
    /// <param name="step">What to call the work on a table, before its name.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Stops.</param>
    internal async Task<IReadOnlyList<TableDigest>> DigestAsync(
        string step,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        await using var snapshot = await OpenAsync(ct);
        var digests = new List<TableDigest>();
        foreach (var table in Tables.Carried)
        {
            var total = progress is null ? 0 : await snapshot.CountAsync(table, ct);
            digests.Add(
                await snapshot.DigestAsync(
                    table,
                    done => progress?.Report(new WorkProgress($"{step} {table.Name}", done, total)),
                    ct
                )
            );
        }
        return digests;
    }
}
