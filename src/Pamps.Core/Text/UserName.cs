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
