namespace Pamps.Core.Text;

/// <summary>What user names are made of, wherever one is looked for. That some are reserved is not known here.</summary>
public static class UserName
{
    /// <summary>The fewest characters of a name.</summary>
    public const int MinLength = 2;

    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 30;

    private const char FullWidthSign = '\uFF20';

    /// <summary>Whether a mention may begin with this: @, or the wide one of East Asian keyboards.</summary>
    internal static bool IsSign(int character) => character is '@' or FullWidthSign;

    /// <summary>Whether it can be in a name: a letter of ASCII's, a digit or an underscore.</summary>
    public static bool IsCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character == '_';

    /// <summary>
    /// Where the parts of a name begin, the first at 0: at a capital, after an underscore, and where digits begin and end. Of
    /// EmilRichter_2b there are four.
    /// </summary>
    internal static IReadOnlyList<int> PartsOf(string name) =>
        [.. Enumerable.Range(0, name.Length).Where(x => name[x] != '_' && (x == 0 || IsStart(name, x)))];

    private static bool IsStart(string name, int place)
    {
        var (before, here) = (name[place - 1], name[place]);
        return before == '_'
            || char.IsAsciiDigit(before) != char.IsAsciiDigit(here)
            || (
                char.IsAsciiLetterUpper(here)
                && (
                    !char.IsAsciiLetterUpper(before)
                    // The last of several capitals begins what follows them: HTTPServer.
                    || (place + 1 < name.Length && char.IsAsciiLetterLower(name[place + 1]))
                )
            );
    }

    /// <summary>Whether it has the shape of a name: so many such characters, of which the first is a letter.</summary>
    internal static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is < MinLength or > MaxLength || !char.IsAsciiLetter(text[0]))
        {
            return false;
        }
        foreach (var character in text)
        {
            if (!IsCharacter(character))
            {
                return false;
            }
        }
        return true;
    }
}
