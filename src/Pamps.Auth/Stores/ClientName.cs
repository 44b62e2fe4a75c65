using System.Globalization;
using System.Text;

namespace Pamps.Auth;

/// <summary>What a program calls itself. A person reads it in the list of their logins, and it can be anything.</summary>
internal static class ClientName
{
    public const int MaxLength = 200;

    /// <summary>The name without what does not show, cut to length; null when nothing is left.</summary>
    public static string? Normalize(string? client)
    {
        var kept = new StringBuilder(MaxLength);
        foreach (var rune in (client ?? "").Trim().EnumerateRunes())
        {
            // Format characters can turn round the direction of what is written beside them.
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
            {
                continue;
            }
            if (kept.Length + rune.Utf16SequenceLength > MaxLength)
            {
                break;
            }
            kept.Append(rune);
        }

        return kept.ToString().Trim() is { Length: > 0 } name ? name : null;
    }
}
