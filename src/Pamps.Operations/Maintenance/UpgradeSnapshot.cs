using System.Globalization;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Operations.Maintenance;

/// <summary>The snapshot that an upgrade makes first, where the database is a file.</summary>
internal sealed class UpgradeSnapshot(IDatabase database, TimeProvider time, ISnapshotFiles? files = null)
{
    /// <summary>How many snapshots stay.</summary>
    public const int Kept = 3;

    /// <summary>What the upgrade itself needs at least, and whoever else writes to the disk.</summary>
    private const long Margin = 4 * 1024 * 1024;

    /// <summary>How many bytes it takes; null where the database is not a file.</summary>
    public async Task<long?> MeasureAsync(CancellationToken ct) =>
        files is null ? null : await files.MeasureAsync(ct);

    /// <summary>Why there is no room for a snapshot of that size; null when there is.</summary>
    public Error? FindLack(long size)
    {
        var needed = size + (size / 10) + Margin;
        return database.FreeSpace is { } free && free < needed
            ? new Error(
                ErrorKind.Unavailable,
                "no_room_for_snapshot",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no room for a snapshot before the upgrade: {ByteCount.Text(needed)} are needed beside the {database.Description}, and {ByteCount.Text(free)} are free. Make room, or back up elsewhere and run `pamps db upgrade --no-snapshot`."
                )
            )
            : null;
    }

    /// <summary>Makes it, and answers with how to go back to it; null where the database is not a file.</summary>
    public async Task<Result<string?>> MakeAsync(
        SchemaStatus status,
        Action<string>? report,
        CancellationToken ct
    )
    {
        if (files is null)
        {
            return (string?)null;
        }
        if (FindLack(await files.MeasureAsync(ct)) is { } lack)
        {
            return lack;
        }
        var made = await files.MakeAsync(NameOf(status), time.GetUtcNow(), ct);
        report?.Invoke($"Snapshot of the database before the upgrade: {made}");
        return files.WayBack(made);
    }

    /// <summary>To be called when the upgrade has ended: takes away older snapshots.</summary>
    /// <param name="status">The schema before the upgrade.</param>
    /// <param name="succeeded">
    /// Whether it succeeded. One that fails may be tried again and again, and must not push out snapshots of other versions.
    /// </param>
    public void TidyUp(SchemaStatus status, bool succeeded)
    {
        if (succeeded)
        {
            files?.KeepNewest(Kept);
        }
        else if (!status.IsEmpty)
        {
            files?.KeepNewest(1, NameOf(status));
        }
    }

    private static string NameOf(SchemaStatus status)
    {
        var newest = status.Applied[^1];
        return newest[(newest.IndexOf('_', StringComparison.Ordinal) + 1)..];
    }
}
