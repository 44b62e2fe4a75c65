using System.Buffers;

namespace Pamps.Core.Filters;

/// <summary>What the filters of somebody say of a post.</summary>
/// <param name="IsHidden">Whether one of them hides it.</param>
/// <param name="Matches">Those that it matches; none where it is hidden.</param>
internal readonly record struct Filtering(bool IsHidden, IReadOnlyList<FilterMatch> Matches)
{
    public static Filtering Nothing { get; } = new(IsHidden: false, []);
}

/// <summary>
/// The filters of somebody, made ready for many posts: their words are folded once, and looked for all at the same time, so that a text in
/// which none of them is, as in most, is gone through once however many there are.
/// </summary>
internal sealed class FilterSet
{
    /// <summary>Of who has none.</summary>
    public static readonly FilterSet None = new([]);

    private readonly List<Ready> filters = [];
    private readonly SearchValues<string>? any;
    private readonly FilterPlaces places;

    public FilterSet(IReadOnlyList<FilterView> views)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var view in views)
        {
            // A newer version may take what folds to nothing here.
            Word[] words =
            [
                .. view
                    .Keywords.Select(x => new Word(x.Keyword, FilterText.Of(x.Keyword), x.WholeWord))
                    .Where(x => x.Folded.Length > 0),
            ];
            if (words.Length > 0)
            {
                filters.Add(new Ready(view, words));
                places |= view.Places;
                all.UnionWith(words.Select(x => x.Folded));
            }
        }
        any = all.Count == 0 ? null : SearchValues.Create([.. all], StringComparison.Ordinal);
        Weight = all.Count;
    }

    /// <summary>How many words are looked for.</summary>
    public int Weight { get; }

    /// <summary>Whether one of them that has not ended hides posts there.</summary>
    public bool HidesIn(FilterPlaces place, DateTime now) =>
        filters.Any(x => x.View.Action == FilterAction.Hide && x.HoldsIn(place, now));

    /// <summary>What they say of a post.</summary>
    /// <param name="place">Where it is to be shown.</param>
    /// <param name="now">When, UTC.</param>
    /// <param name="texts">What there is to read in it, folded; asked for only where something is looked for there.</param>
    /// <param name="mayHide">Whether it can be hidden; else those that would hide it only match.</param>
    public Filtering Look(FilterPlaces place, DateTime now, Lazy<List<string>> texts, bool mayHide)
    {
        if (any is null || (places & place) == 0)
        {
            return Filtering.Nothing;
        }
        var folded = texts.Value.Where(x => x.AsSpan().ContainsAny(any)).ToList();
        if (folded.Count == 0)
        {
            return Filtering.Nothing;
        }
        List<FilterMatch>? matches = null;
        foreach (var filter in filters.Where(x => x.HoldsIn(place, now)))
        {
            var found = filter.In(folded);
            if (found.Count == 0)
            {
                continue;
            }
            if (filter.View.Action == FilterAction.Hide && mayHide)
            {
                return new Filtering(IsHidden: true, []);
            }
            (matches ??= []).Add(new FilterMatch(filter.View, found));
        }
        return matches is null ? Filtering.Nothing : new Filtering(IsHidden: false, matches);
    }

    private readonly record struct Word(string Written, string Folded, bool IsWhole);

    private sealed record Ready(FilterView View, Word[] Words)
    {
        public bool HoldsIn(FilterPlaces place, DateTime now) =>
            (View.Places & place) != 0 && (View.ExpiresAt is not { } end || end > now);

        public List<string> In(List<string> texts) =>
            [
                .. Words
                    .Where(x => texts.Exists(text => FilterText.Has(text, x.Folded, x.IsWhole)))
                    .Select(x => x.Written),
            ];
    }
}
