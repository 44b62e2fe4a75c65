using System.Globalization;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Operations.Archives;

/// <summary>The names of things in an archive: it belongs to no address, since a server may move.</summary>
internal static class Urn
{
    private const string Beginning = "urn:pamps:";

    public static string Of(string kind, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Beginning}{kind}:{id}");

    public static string OfUser(string username) => $"{Beginning}user:{username}";

    /// <summary>The id in such a name.</summary>
    /// <exception cref="FormatException">It is none of that kind.</exception>
    public static long IdIn(string? urn, string kind)
    {
        var beginning = $"{Beginning}{kind}:";
        return
            urn?.StartsWith(beginning, StringComparison.Ordinal) == true
            && long.TryParse(
                urn.AsSpan(beginning.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            )
            && id is > 0 and <= Ids.Max
            ? id
            : throw new FormatException($"An id of the form {beginning}NUMBER is missing.");
    }

    /// <summary>The user name in such a name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string UsernameIn(string? urn) =>
        urn?.StartsWith($"{Beginning}user:", StringComparison.Ordinal) == true
        && !Names.CheckUsername(urn[(Beginning.Length + 5)..]).IsRefused(out _)
            ? urn[(Beginning.Length + 5)..]
            : throw new FormatException($"A name of the form {Beginning}user:NAME is missing.");
}
