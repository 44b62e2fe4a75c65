using Pamps.Core.Databases;

namespace Pamps.Operations.Maintenance;

/// <summary>About how long the parts of an upgrade take.</summary>
internal static class UpgradeDuration
{
    private const double SnapshotBytes = 100e6;

    /// <summary>Each index is made by itself; however much else is rewritten, that is done at once.</summary>
    public static TimeSpan DurationOf(this UpgradeSpeed speed, IEnumerable<UpgradeDeed> deeds, long rows)
    {
        var costs = deeds.Select(x => x.Cost).ToList();
        var seconds = costs.Count(x => x == UpgradeCost.Reads) * rows / speed.RowsRead;
        return TimeSpan.FromSeconds(
            costs.Contains(UpgradeCost.Rewrites) ? seconds + (rows / speed.RowsRewritten) : seconds
        );
    }

    public static TimeSpan DurationOfTexts(this UpgradeSpeed speed, long texts) =>
        TimeSpan.FromSeconds(texts / speed.Texts);

    public static TimeSpan OfSnapshot(long bytes) => TimeSpan.FromSeconds(bytes / SnapshotBytes);
}
