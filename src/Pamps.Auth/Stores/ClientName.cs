using System.Globalization;
using System.Text;

namespace Pamps.Auth;

/// <summary>What a program calls itself. A person reads it in the list of their logins, and it can be anything.</summary>
internal static class ClientName
{
    public const int MaxLength = 200;

    /// <summary>The name without what does not show, cut to length; null when nothing is left.</summary>
    /// <param name="client">What it says.</param>
    /// <param name="most">How long it may be.</param>
    public static string? Normalize(string? client, int most = MaxLength)
    {
        var kept = new StringBuilder();
        foreach (var rune in (client ?? "").Trim().EnumerateRunes())
        {
            // Format characters can turn round the direction of what is written beside them.
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
            {
                continue;
            }
            if (kept.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }
            kept.Append(rune);
        }

        return kept.ToString().Trim() is { Length: > 0 } name ? name : null;
    }
}
