using Pamps.Core.Text;

namespace Pamps.Core.Search;

/// <summary>What a search looks for at one place of a text: words that follow each other.</summary>
/// <param name="Words">At least one.</param>
/// <param name="IsPrefix">Whether the last may go on.</param>
internal sealed record SearchTerm(IReadOnlyList<string> Words, bool IsPrefix = false)
{
    /// <summary>A word or a marker that will do as well; null where there is none.</summary>
    public SearchTerm? Or { get; init; }

    /// <summary>A term for a marker, or for a word as it stands in the index.</summary>
    public static SearchTerm Of(string word) => new([word]);

    /// <summary>
    /// The term as the index answers it best. Where each character is a word there is nothing to go on, and short
    /// prefixes have markers.
    /// </summary>
    public SearchTerm ToIndexed() =>
        !IsPrefix ? this
        : Tokenizer.IsUnspaced(Words[^1]) ? this with { IsPrefix = false }
        : Words.Count == 1 && IsShort ? Of(IndexedWords.PrefixMarker(Words[0]))
        : this;

    /// <summary>
    /// The same for users: a word is also how a name begins, or a part of one, as people type names. Where the term has signs of
    /// its own for that, it says no more than it does.
    /// </summary>
    public SearchTerm ToIndexedForUsers() =>
        !IsPrefix && Words is [var word] && char.IsAscii(word[0])
            ? this with
            {
                Or =
                    word.Length <= IndexedWords.MarkedPrefix
                        ? Of(IndexedWords.ShortPartMarker(word))
                        : new SearchTerm([IndexedWords.PartMarker(word)], IsPrefix: true),
            }
            : ToIndexed();

    /// <summary>Whether the last word is so short a prefix that the index would have to read much of itself.</summary>
    public bool IsShort =>
        IsPrefix
        && !Tokenizer.IsUnspaced(Words[^1])
        && Tokenizer.LengthOf(Words[^1]) <= IndexedWords.MarkedPrefix;
}

/// <summary>What the index is asked: all of these, and none of those.</summary>
/// <param name="All">What must be there.</param>
/// <param name="None">What must not.</param>
/// <param name="Owner">Whose hidden posts are among those that are looked for, as a marker; null where nothing is hidden.</param>
internal sealed record SearchExpression(
    IReadOnlyList<SearchTerm> All,
    IReadOnlyList<SearchTerm> None,
    SearchTerm? Owner = null
)
{
    private static readonly SearchTerm Hidden = SearchTerm.Of(IndexedWords.HiddenMarker);

    /// <summary>
    /// As SQLite's FTS5 reads it. Every word is quoted and holds no quote, so that nothing a person writes is an
    /// operator.
    /// </summary>
    public string ToSqlite()
    {
        var all = string.Join(" AND ", All.Select(Term));
        var none = None.Select(Term)
            .Concat(Owner is null ? [] : [$"({Term(Hidden)} NOT {Term(Owner)})"])
            .ToList();
        return none.Count == 0 ? all : $"({all}) NOT ({string.Join(" OR ", none)})";

        static string Term(SearchTerm term) =>
            term.Or is { } other ? $"({One(term)} OR {One(other)})" : One(term);

        static string One(SearchTerm term) =>
            $"\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? " *" : "")}";
    }

    /// <summary>As PostgreSQL reads a tsquery; quoted likewise.</summary>
    public string ToPostgres()
    {
        return string.Join(
            " & ",
            [
                .. All.Select(Term),
                .. None.Select(x => "!" + Term(x)),
                .. Owner is null ? Array.Empty<string>() : [$"(!{Term(Hidden)} | {Term(Owner)})"],
            ]
        );

        static string Term(SearchTerm term) =>
            term.Or is { } other ? $"({One(term)} | {One(other)})" : One(term);

        static string One(SearchTerm term) =>
            $"('{string.Join("' <-> '", term.Words)}'{(term.IsPrefix ? ":*" : "")})";
    }

    /// <summary>Whether the places of words matter, and not only which there are.</summary>
    public bool HasOrder => All.Concat(None).Any(x => x.Words.Count > 1);

    /// <summary>
    /// The same without the order of words, which PostgreSQL's index does not know: it finds all that this
    /// expression finds, and perhaps more.
    /// </summary>
    public SearchExpression WithoutOrder() =>
        new([.. All.SelectMany(Apart)], [.. None.Where(x => x.Words.Count == 1)], Owner);

    private static IEnumerable<SearchTerm> Apart(SearchTerm term) =>
        term.Words.Count == 1
            ? [term]
            : term.Words.Select(
                (word, i) => new SearchTerm([word], term.IsPrefix && i == term.Words.Count - 1)
            );
}
