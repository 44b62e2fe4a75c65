namespace Pamps.Core.Filters;

/// <summary>The words for where a filter holds and what it does, which are those of Mastodon's filters.</summary>
public static class FilterWords
{
    internal static readonly (string Word, FilterPlaces Place)[] Places =
    [
        ("home", FilterPlaces.Home),
        ("notifications", FilterPlaces.Notifications),
        ("public", FilterPlaces.Public),
        ("thread", FilterPlaces.Thread),
        ("account", FilterPlaces.Account),
    ];

    /// <summary>The words for these places.</summary>
    public static string[] Of(FilterPlaces places) =>
        [.. Places.Where(x => (places & x.Place) != 0).Select(x => x.Word)];

    /// <summary>The word for what a filter does.</summary>
    public static string Of(FilterAction action) => action == FilterAction.Hide ? "hide" : "warn";

    internal static FilterAction? ParseAction(string? word) =>
        word switch
        {
            "warn" => FilterAction.Warn,
            "hide" => FilterAction.Hide,
            _ => null,
        };
}
