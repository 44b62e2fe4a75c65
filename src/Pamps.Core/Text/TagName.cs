using System.Text;

namespace Pamps.Core.Text;

/// <summary>
/// The names of hashtags. A tag is made of letters, marks and digits of any script and underscores, begins with none of
/// the marks, and has a letter somewhere; joiners count where a script spells with them.
/// </summary>
public static class TagName
{
    /// <summary>The most code points of a tag, without its sign. A longer word is no tag.</summary>
    public const int MaxLength = 100;

    private const char FullWidthSign = '\uFF03';

    /// <summary>Whether a hashtag may begin with this: #, or the wide one of East Asian keyboards.</summary>
    internal static bool IsSign(int character) => character is '#' or FullWidthSign;

    /// <summary>
    /// The form in which tags are kept and compared: NFC and lower case, in no language in particular. Two letters that are
    /// one to their readers are one here: the Turkish İ is an i, and a Greek ς at the end of a word is a σ. The German ß
    /// stays what it is.
    /// </summary>
    /// <param name="name">A tag, with or without its sign, in any case and any normal form.</param>
    /// <returns>The tag without its sign; null when the text is no tag.</returns>
    public static string? Normalize(string name) => Read(name) is { } tag && HasLetter(tag) ? tag : null;

    /// <summary>The same for the beginning of a tag, which need not have a letter yet, and may be empty.</summary>
    /// <returns>What such tags begin with; null when no tag begins so.</returns>
    public static string? NormalizePrefix(string prefix) => Read(prefix);

    /// <summary>Where the word ends that begins at a place; the place itself where none begins.</summary>
    internal static int EndOfWord(string text, int start)
    {
        var before = Words.RuneAt(text, start, out var units);
        if (!Words.IsWord(before) || Words.IsMark(before))
        {
            return start;
        }
        var end = start + units;
        while (true)
        {
            var rune = Words.RuneAt(text, end, out units);
            if (!Words.IsWord(rune) && !Words.IsJoinerInWord(before, rune, Words.RuneAt(text, end + units)))
            {
                return end;
            }
            (before, end) = (rune, end + units);
        }
    }

    private static string? Read(string name)
    {
        // Normalization only shortens what it does not leave alone, and never to a third.
        if (name.Length > 1 + MaxLength * 8 || !PlainText.IsWellFormed(name))
        {
            return null;
        }
        var word = name.Normalize(NormalizationForm.FormC);
        if (word.Length > 0 && IsSign(word[0]))
        {
            word = word[1..];
        }
        if (EndOfWord(word, 0) != word.Length)
        {
            return null;
        }
        var tag = Fold(word);
        return tag.EnumerateRunes().Count() <= MaxLength ? tag : null;
    }

    private static string Fold(string word)
    {
        var folded = word.Replace('\u0130', 'i').ToLowerInvariant().Replace('\u03C2', '\u03C3');
        // What others make of İ in lower case: an i and a dot apart.
        while (folded.Contains("i\u0307", StringComparison.Ordinal))
        {
            folded = folded.Replace("i\u0307", "i", StringComparison.Ordinal);
        }
        return folded.Normalize(NormalizationForm.FormC);
    }

    private static bool HasLetter(string tag) => tag.EnumerateRunes().Any(Rune.IsLetter);
}
