using System.Text.RegularExpressions;

namespace Pamps.Core.Jobs;

/// <summary>What is kept of a failure: a line that a person can read, and no secret.</summary>
internal static partial class JobError
{
    private const int MostCharacters = 300;

    public static string Describe(Exception exception)
    {
        var root = exception.GetBaseException();
        var line = Secret()
            .Replace(Whitespace().Replace($"{root.GetType().Name}: {root.Message}", " "), "$1$2…");
        return line.Length <= MostCharacters ? line : string.Concat(line.AsSpan(0, MostCharacters - 1), "…");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    /// <summary>The user and password of an address, and what follows a word such as "token=".</summary>
    [GeneratedRegex(
        @"(?<=://)()[^\s/@]+(?=@)|\b((?:password|passwd|pwd|secret|token|authorization|api[-_ ]?key)\s*[=:]\s*(?:bearer\s+)?)[^\s;,&]+",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Secret();
}
