using System.Collections.Concurrent;
using Pamps.Core.Reads;

namespace Pamps.Core.Filters;

/// <summary>
/// Keeps people's filters ready, so that they are read and compiled once after each change. Whether somebody has any, and which change was the
/// last, comes with the look at their login that each request makes anyway: who has none costs nothing.
/// </summary>
internal sealed class KnownFilters(Sql sql)
{
    /// <summary>How many words are kept at once; a few megabytes.</summary>
    private const int MaxKept = 50_000;

    /// <summary>What filters without words weigh.</summary>
    private const int Least = 10;

    private readonly ConcurrentDictionary<long, (long Version, FilterSet Filters)> kept = new();
    private int weight;

    /// <summary>The viewer's filters.</summary>
    public ValueTask<FilterSet> OfAsync(Viewer? viewer, CancellationToken ct) =>
        viewer is null or { FiltersVersion: 0 }
            ? new(FilterSet.None)
            : OfAsync(viewer.Id, viewer.FiltersVersion, ct);

    /// <summary>The filters of who has some.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="version">Their account's <c>filters_version</c>.</param>
    /// <param name="ct">Gives up.</param>
    public async ValueTask<FilterSet> OfAsync(long userId, long version, CancellationToken ct)
    {
        if (kept.TryGetValue(userId, out var known) && known.Version == version)
        {
            return known.Filters;
        }
        // Of the primary: what a replica has may be older than the version.
        var filters = new FilterSet(await sql.ListAsync(FilterRows.AllOf(userId), FilterRows.Read, ct));
        if (Interlocked.Add(ref weight, filters.Weight + Least) > MaxKept)
        {
            kept.Clear();
            Interlocked.Exchange(ref weight, 0);
        }
        kept[userId] = (version, filters);
        return filters;
    }
}
