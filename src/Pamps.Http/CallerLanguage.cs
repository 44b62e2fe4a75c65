using Microsoft.Net.Http.Headers;

namespace Pamps.Http;

/// <summary>The language that a request likes best among those that there are words in.</summary>
internal static class CallerLanguage
{
    /// <summary>English.</summary>
    public const string English = "en";

    /// <summary>Brazilian Portuguese, for all who read any.</summary>
    public const string Portuguese = "pt-BR";

    /// <summary>So many languages are looked at.</summary>
    private const int Most = 10;

    /// <summary>It, as <c>Accept-Language</c> says (RFC 9110 section 12.5.4); English when it likes none.</summary>
    public static string Of(HttpRequest request) =>
        Accepted(request).Select(Named).FirstOrDefault(x => x is not null) ?? English;

    /// <summary>The languages that it likes, the best first, whether there are words in them or not.</summary>
    public static IReadOnlyList<string> AllOf(HttpRequest request) => [.. Accepted(request).Take(Most)];

    private static IEnumerable<string> Accepted(HttpRequest request)
    {
        _ = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted);
        return (accepted ?? [])
            .Where(x => x.Quality is not 0)
            .OrderByDescending(x => x.Quality ?? 1)
            .Select(x => x.Value.ToString());
    }

    private static string? Named(string language) =>
        language.Split('-')[0].ToLowerInvariant() switch
        {
            "en" => English,
            "pt" => Portuguese,
            _ => null,
        };
}
