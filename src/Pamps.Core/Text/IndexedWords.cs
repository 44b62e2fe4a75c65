using System.Globalization;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>
/// What a row of <c>post_search</c> or <c>user_search</c> holds: the words of a text in their order, and markers
/// that make other questions as cheap as that for a word. The database writes it in its own form.
/// </summary>
/// <remarks>
/// A marker begins with a character that is never in a word. A text that has the word "banana" has the markers
/// "＊b" and "＊ba", so that a search for b* reads one entry of the index, not that of every word with b.
/// </remarks>
public sealed class IndexedWords
{
    /// <summary>Words that begin so are marked; longer beginnings are few enough for the index itself.</summary>
    internal const int MarkedPrefix = 2;

    /// <summary>PostgreSQL keeps no more of a word's places.</summary>
    private const int MostPlaces = 255;

    /// <summary>Of a post that not everybody finds. In the place of an author's id, and none.</summary>
    internal const string HiddenMarker = "＠hidden";

    private readonly IReadOnlyList<string> words;
    private readonly HashSet<string> markers;

    private IndexedWords(IReadOnlyList<string> words, IEnumerable<string> markers)
    {
        this.words = words;
        this.markers = new(2 * words.Count + 2);
        foreach (var word in words)
        {
            AddPrefixMarkers(word);
        }
        this.markers.UnionWith(markers);
    }

    /// <summary>What a post is found by.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="userId">Its author.</param>
    public static IndexedWords OfPost(string text, long userId) =>
        OfPost(text, userId, FindEntities.In(text));

    /// <summary>What a post is found by, when what its text names is known already.</summary>
    internal static IndexedWords OfPost(string text, long userId, IEnumerable<TextEntity> entities) =>
        OfPost(text, userId, entities.Where(x => x.Kind == EntityKind.Hashtag).Select(x => x.Name));

    /// <summary>What a post is found by, when its hashtags are known already.</summary>
    internal static IndexedWords OfPost(string text, long userId, IEnumerable<string> tags) =>
        new(Tokenizer.WordsOf(text), [AuthorMarker(userId), .. tags.Select(TagMarker)]);

    /// <summary>The same of a post that only its author finds.</summary>
    internal IndexedWords Hidden() => new(words, markers.Append(HiddenMarker));

    /// <summary>What a user is found by.</summary>
    public static IndexedWords OfUser(string username, string? displayName, string? bio)
    {
        // Somebody who looks for maria finds ana_maria and AnaMaria too.
        var starts = UserName.PartsOf(username);
        var parts = starts.Zip(starts.Skip(1).Append(username.Length), (x, end) => username[x..end]);
        return new(
            [
                .. Tokenizer.WordsOf(username),
                .. starts.Count > 1 ? parts.SelectMany(Tokenizer.WordsOf) : [],
                .. Tokenizer.WordsOf(displayName ?? ""),
                .. Tokenizer.WordsOf(bio ?? ""),
            ],
            [NameMarker(username), .. starts.SelectMany(x => PartMarkers(username[x..]))]
        );
    }

    /// <summary>For SQLite: everything apart by spaces. Positions are what phrases need, so markers come last.</summary>
    public string ToSqlite() => string.Join(' ', words.Concat(markers));

    /// <summary>
    /// For PostgreSQL, as a text to be cast to tsvector: every different word with its places, from 1; a marker has
    /// none. No word holds a quote or a backslash.
    /// </summary>
    public string ToPostgres()
    {
        // Of each place the next one of the same word, found from the end on, so that a word's first place is what stays.
        var first = new Dictionary<string, int>(words.Count, StringComparer.Ordinal);
        var next = new int[words.Count + 1];
        for (var place = words.Count; place > 0; place--)
        {
            next[place] = first.GetValueOrDefault(words[place - 1]);
            first[words[place - 1]] = place;
        }
        var text = new StringBuilder(16 * (words.Count + markers.Count));
        for (var place = 1; place <= words.Count; place++)
        {
            var word = words[place - 1];
            if (first[word] == place)
            {
                var sign = ':';
                text.Append('\'').Append(word).Append('\'');
                var at = place;
                for (var count = 0; at > 0 && count < MostPlaces; count++)
                {
                    text.Append(sign).Append(CultureInfo.InvariantCulture, $"{at}");
                    (sign, at) = (',', next[at]);
                }
                text.Append(' ');
            }
        }
        foreach (var marker in markers)
        {
            text.Append('\'').Append(marker).Append("' ");
        }
        return text.ToString();
    }

    internal static string AuthorMarker(long userId) =>
        string.Create(CultureInfo.InvariantCulture, $"＠{userId}");

    internal static string TagMarker(string tag) => "＃" + tag.Replace('_', Folding.Joiner);

    /// <summary>Of a user's name, and of how it begins.</summary>
    internal static string NameMarker(string username) =>
        "＠" + username.ToLowerInvariant().Replace('_', Folding.Joiner);

    /// <summary>Of a name from the beginning of a part of it on; longer than those of <see cref="ShortPartMarker"/>.</summary>
    internal static string PartMarker(string name) => $"＠{Folding.Joiner}{name}";

    /// <summary>Of how a name begins, or a part of it: at most so many characters as <see cref="MarkedPrefix"/>.</summary>
    internal static string ShortPartMarker(string beginning) => "＠＊" + beginning;

    private static IEnumerable<string> PartMarkers(string rest)
    {
        var name = rest.ToLowerInvariant().Replace('_', Folding.Joiner);
        return
        [
            PartMarker(name),
            .. Enumerable
                .Range(1, Math.Min(MarkedPrefix, name.Length))
                .Select(x => ShortPartMarker(name[..x])),
        ];
    }

    internal static string PrefixMarker(string prefix) => "＊" + prefix;

    private void AddPrefixMarkers(string word)
    {
        if (Tokenizer.IsUnspaced(word))
        {
            return;
        }
        var length = 0;
        for (var count = 0; count < MarkedPrefix && length < word.Length; count++)
        {
            length += Rune.GetRuneAt(word, length).Utf16SequenceLength;
            markers.Add(PrefixMarker(word[..length]));
        }
    }
}
