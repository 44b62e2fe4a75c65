using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Pamps.Core.Site;

/// <summary>What the site says of itself in a language, as admins write it.</summary>
/// <param name="Key">Which text: one of <see cref="SiteTexts.Keys"/>.</param>
/// <param name="Locale">In which language.</param>
/// <param name="Body">Markdown; of the rules, a rule a line.</param>
/// <param name="EndsAt">When it is shown no more, UTC; null for never.</param>
/// <param name="UpdatedAt">When it was written, UTC.</param>
public sealed record SiteText(string Key, string Locale, string Body, DateTime? EndsAt, DateTime UpdatedAt);

/// <summary>The texts that there are, and how long each may be.</summary>
public static partial class SiteTexts
{
    /// <summary>What the site is, beside what the program says of it.</summary>
    public const string About = "about";

    /// <summary>What becomes of people's data.</summary>
    public const string Privacy = "privacy";

    /// <summary>The rules, numbered by their lines.</summary>
    public const string Rules = "rules";

    /// <summary>How to reach who runs the site.</summary>
    public const string Contact = "contact";

    /// <summary>What everybody is told above all pages.</summary>
    public const string Announcement = "announcement";

    /// <summary>The most rules.</summary>
    public const int MaxRules = 50;

    /// <summary>The most languages of a text.</summary>
    public const int MaxLocales = 20;

    private static readonly FrozenDictionary<string, int> MaxLengths = new Dictionary<string, int>
    {
        [About] = 20_000,
        [Privacy] = 20_000,
        [Rules] = 10_000,
        [Contact] = 500,
        [Announcement] = 1_000,
    }.ToFrozenDictionary();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Keys { get; } = [About, Rules, Privacy, Contact, Announcement];

    /// <summary>The most characters of a text; null when there is no such.</summary>
    internal static int? MaxLengthOf(string key) => MaxLengths.TryGetValue(key, out var most) ? most : null;

    /// <summary>The rules of a text, in their order.</summary>
    internal static IReadOnlyList<string> ToRules(string body) =>
        body.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it names a language as browsers do (RFC 5646), such as <c>en</c> or <c>pt-BR</c>.</summary>
    internal static bool IsLocale(string locale) => locale.Length <= 35 && Locale().IsMatch(locale);

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Locale();
}
