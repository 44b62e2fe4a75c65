using System.Text;

namespace Pamps.Server.Settings;

/// <summary>Whether .NET knows Unicode's normal forms, by which posts are stored, words found and passwords compared.</summary>
internal static class Unicode
{
    /// <summary>Stops where it does not: without ICU, .NET gives every text back as it was, and says nothing.</summary>
    /// <exception cref="UserErrorException">It does not.</exception>
    public static void Check()
    {
        // Composed, and taken apart for compatibility; a part of ICU's data knows only the first.
        if ("a\u0303\uFB01".Normalize(NormalizationForm.FormKC) != "\u00E3fi")
        {
            throw new UserErrorException(
                "Texts cannot be compared, since .NET runs without ICU: install it (Alpine: icu-libs and icu-data-full, Debian: libicu), and set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false where it is true."
            );
        }
    }
}
