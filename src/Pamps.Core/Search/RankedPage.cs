using Pamps.Core.Reads;

namespace Pamps.Core.Search;

/// <summary>Pages of a short list that is ranked anew at each request.</summary>
internal static class RankedPage
{
    /// <summary>
    /// The ids after <c>Before</c>, or those ahead of <c>After</c>, or the first. An id that is not in the ranking
    /// any more has no neighbours.
    /// </summary>
    public static Page<long> Of(IReadOnlyList<long> ranked, PageRequest request)
    {
        var (start, end) = (0, ranked.Count);
        if (request.Before is { } before)
        {
            start = PlaceOf(before) is { } place ? place + 1 : end;
        }
        if (request.After is { } after)
        {
            end = Math.Max(start, PlaceOf(after) ?? start);
        }
        // The rows next to the cursor are the ones given.
        if (request is { After: not null, Before: null })
        {
            start = Math.Max(start, end - request.Limit);
        }
        end = Math.Min(end, start + request.Limit);
        var items = ranked.Skip(start).Take(end - start).ToList();
        return new Page<long>(
            items,
            items.Count > 0 && end < ranked.Count ? request with { Before = items[^1], After = null } : null,
            items.Count > 0 && start > 0 ? request with { Before = null, After = items[0] } : null
        );

        int? PlaceOf(long id)
        {
            for (var i = 0; i < ranked.Count; i++)
            {
                if (ranked[i] == id)
                {
                    return i;
                }
            }
            return null;
        }
    }
}
