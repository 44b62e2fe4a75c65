namespace Pamps.Auth;

/// <summary>
/// What programs may ask for (RFC 6749 section 3.3): the words that the apps of the Mastodon world know. A broader one covers the finer
/// ones that begin with it, and <c>follow</c> those of follows, blocks and mutes.
/// </summary>
public static class OAuthScopes
{
    /// <summary>What is granted to who asks for nothing in particular.</summary>
    internal const string Default = "read";

    private static readonly string[] OfFollow =
    [
        "read:blocks",
        "read:follows",
        "read:mutes",
        "write:blocks",
        "write:follows",
        "write:mutes",
    ];

    /// <summary>All of them, the broad ones first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "read",
        "write",
        "follow",
        "push",
        "profile",
        .. Finer(
            "read",
            "accounts blocks bookmarks favourites filters follows lists mutes notifications search statuses"
        ),
        .. Finer(
            "write",
            "accounts blocks bookmarks conversations favourites filters follows lists media mutes notifications reports statuses"
        ),
    ];

    /// <summary>The words of a list with blanks between them, each once.</summary>
    /// <param name="text">The list.</param>
    /// <returns>Null when it is empty, or names one that is not in <see cref="All"/>.</returns>
    public static IReadOnlyList<string>? Parse(string? text)
    {
        var words = (text ?? "")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .ToList();
        return words.Count > 0 && words.All(All.Contains) ? words : null;
    }

    /// <summary>Whether what was granted is enough.</summary>
    /// <param name="granted">What was granted.</param>
    /// <param name="wanted">What is needed.</param>
    /// <returns>Whether one of them is it, or is broader.</returns>
    public static bool Covers(IReadOnlyList<string> granted, string wanted)
    {
        ArgumentNullException.ThrowIfNull(granted);
        foreach (var scope in granted)
        {
            if (
                scope == wanted
                || (
                    wanted.Length > scope.Length
                    && wanted[scope.Length] == ':'
                    && wanted.StartsWith(scope, StringComparison.Ordinal)
                )
                || (scope == "follow" && OfFollow.Contains(wanted))
            )
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<string> Finer(string broad, string words) =>
        words.Split(' ').Select(x => $"{broad}:{x}");
}
