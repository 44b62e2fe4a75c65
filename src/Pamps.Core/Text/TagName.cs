using System.Text;

namespace Pamps.Core.Text;

/// <summary>
/// The names of hashtags. A tag is made of letters, marks and digits of any script and underscores, begins with none of
/// the marks, and has a letter somewhere; joiners count where a script spells with them, and nothing else that nobody
/// sees does.
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
        var first = Words.RuneAt(text, start, out var units);
        if (!Words.IsWord(first) || Words.IsMark(first))
        {
            return start;
        }
        var end = start + units;
        while (true)
        {
            // What is unseen belongs to the word where the word goes on after it.
            var next = Words.SkipUnseen(text, end);
            if (!Words.IsWord(Words.RuneAt(text, next, out units)))
            {
                return end;
            }
            end = next + units;
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
        var end = EndOfWord(word, 0);
        if (!word[end..].EnumerateRunes().All(x => Unseen.IsWithinWords(x) || Unseen.IsBlank(x)))
        {
            return null;
        }
        // Normalized again: what is taken out may have kept a letter and its accent apart.
        var tag = Fold(WithoutUnseen(word[..end]));
        return tag.EnumerateRunes().Count() <= MaxLength ? tag : null;
    }

    /// <summary>The word without what nobody sees in it, but for the joiners that it is spelled with.</summary>
    private static string WithoutUnseen(string word)
    {
        if (!word.EnumerateRunes().Any(Unseen.IsWithinWords))
        {
            return word;
        }
        var seen = new StringBuilder(word.Length);
        var (before, place) = (default(Rune), 0);
        while (place < word.Length)
        {
            var rune = Words.RuneAt(word, place, out var units);
            place += units;
            if (!Unseen.IsWithinWords(rune) || Words.IsJoinerInWord(before, rune, Words.RuneAt(word, place)))
            {
                seen.Append(rune.ToString());
                before = rune;
            }
        }
        return seen.ToString();
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
