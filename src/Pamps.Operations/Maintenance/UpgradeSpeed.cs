using Pamps.Core;
using Pamps.Core.Databases;

namespace Pamps.Operations.Maintenance;

/// <summary>
/// How fast upgrades go: what was measured on a small machine (docs/operations.md says which), so that an estimate is of the
/// right order there and too long elsewhere.
/// </summary>
/// <param name="RowsRead">Rows a second that an index is made of.</param>
/// <param name="RowsRewritten">Rows a second that are written anew, with their indexes.</param>
/// <param name="Texts">Texts a second whose words are indexed.</param>
internal sealed record UpgradeSpeed(double RowsRead, double RowsRewritten, double Texts)
{
    private const double SnapshotBytes = 100e6;

    public static UpgradeSpeed Of(SqlDialect dialect) =>
        dialect == SqlDialect.Sqlite
            ? new(RowsRead: 1_000_000, RowsRewritten: 200_000, Texts: 5_000)
            : new(RowsRead: 1_000_000, RowsRewritten: 60_000, Texts: 2_000);

    /// <summary>Each index is made by itself; however much else is rewritten, that is done at once.</summary>
    public TimeSpan DurationOf(IEnumerable<UpgradeDeed> deeds, long rows)
    {
        var costs = deeds.Select(x => x.Cost).ToList();
        var seconds = costs.Count(x => x == UpgradeCost.Reads) * rows / RowsRead;
        return TimeSpan.FromSeconds(
            costs.Contains(UpgradeCost.Rewrites) ? seconds + (rows / RowsRewritten) : seconds
        );
    }

    public TimeSpan DurationOfTexts(long texts) => TimeSpan.FromSeconds(texts / Texts);

    public static TimeSpan DurationOfSnapshot(long bytes) => TimeSpan.FromSeconds(bytes / SnapshotBytes);
}
