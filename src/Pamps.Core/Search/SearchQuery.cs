using System.Globalization;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Search;

/// <summary>What a person asks for, taken apart: <c>"good morning" from:ana #pampas -rain coff*</c>.</summary>
/// <param name="Terms">Words and phrases that are all there.</param>
/// <param name="NotTerms">Words and phrases of which none is there.</param>
/// <param name="Authors">User names after <c>from:</c>.</param>
/// <param name="NotAuthors">User names after <c>-from:</c>.</param>
/// <param name="Tags">Hashtags, as the table <c>hashtag</c> has them.</param>
/// <param name="NotTags">Hashtags that are not there.</param>
internal sealed record SearchQuery(
    IReadOnlyList<SearchTerm> Terms,
    IReadOnlyList<SearchTerm> NotTerms,
    IReadOnlyList<string> Authors,
    IReadOnlyList<string> NotAuthors,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> NotTags
)
{
    /// <summary>The most characters of a query.</summary>
    public const int MaxLength = 200;

    /// <summary>The most terms of a query, each counted once.</summary>
    public const int MaxTerms = 20;

    /// <summary>The most words in all terms: a phrase can have many, and one sign can stand for several.</summary>
    private const int MaxWords = 50;

    /// <summary>The most terms of several words, whose places in each text are to be compared.</summary>
    private const int MaxPhrases = 5;

    /// <summary>The most beginnings of words that have no marker: all words that begin so are read.</summary>
    private const int MaxBeginnings = 5;

    private const string Field = "q";
    private const string From = "from:";

    /// <summary>The query of a search for posts, or the reason why there is nothing to look for.</summary>
    public static Result<SearchQuery> ForPosts(string? text) => Parse(text, isForPosts: true);

    /// <summary>The query of a search for users: words and phrases. A tag is a word there.</summary>
    public static Result<SearchQuery> ForUsers(string? text) =>
        Parse(text, isForPosts: false) is var query && query.IsRefused(out var error) ? error
        : query.Value.Authors.Count + query.Value.NotAuthors.Count > 0
            ? Error.Invalid(Field, "posts_only", "from: is for posts; a user is looked for by name or words.")
        : query;

    private static Result<SearchQuery> Parse(string? text, bool isForPosts)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Error.Invalid(Field, "empty", "Say what to look for.");
        }
        // Said of the text as it came: to make a long one well-formed would cost.
        if (text.Length > 2 * MaxLength || text.EnumerateRunes().Count() > MaxLength)
        {
            return Error.Invalid(
                Field,
                "too_long",
                string.Create(CultureInfo.InvariantCulture, $"A search has at most {MaxLength} characters."),
                most: MaxLength
            );
        }
        var parts = new QueryParts(Folding.WellFormed(text), isForPosts);
        parts.Read();
        var (wanted, unwanted) = (parts.Wanted, parts.Unwanted);
        if (TooMany(wanted, unwanted) is { } tooMany)
        {
            return tooMany;
        }
        if (wanted.Count == 0)
        {
            return unwanted.Count > 0
                ? Error.Invalid(
                    Field,
                    "only_left_out",
                    "Say what to look for too, not only what to leave out."
                )
                : Error.Invalid(Field, "no_word", "There is no word in it to look for.");
        }
        if (wanted.Terms.Concat(unwanted.Terms).Any(x => x is { Words.Count: > 1, IsShort: true }))
        {
            return Error.Invalid(
                Field,
                "beginning_too_short",
                "At the end of a phrase, * comes after at least 3 characters.",
                least: 3
            );
        }
        return new SearchQuery(
            wanted.Terms,
            unwanted.Terms,
            wanted.Authors,
            unwanted.Authors,
            wanted.Tags,
            unwanted.Tags
        );
    }

    private static Error? TooMany(Side wanted, Side unwanted)
    {
        SearchTerm[] terms = [.. wanted.Terms, .. unwanted.Terms];
        return wanted.Count + unwanted.Count > MaxTerms ? Refuse("terms", "too_many_terms", MaxTerms)
            : terms.Sum(x => x.Words.Count) > MaxWords ? Refuse("words", "too_many_words", MaxWords)
            : terms.Count(x => x.Words.Count > 1) > MaxPhrases
                ? Refuse("phrases of several words", "too_many_phrases", MaxPhrases)
            : terms.Count(x => x.ToIndexed().IsPrefix) > MaxBeginnings
                ? Refuse("beginnings of words", "too_many_beginnings", MaxBeginnings)
            : null;

        static Error Refuse(string what, string code, int most) =>
            Error.Invalid(
                Field,
                code,
                string.Create(CultureInfo.InvariantCulture, $"A search has at most {most} {what}."),
                most: most
            );
    }

    /// <summary>Terms of one kind, each once: what is wanted, or what is not.</summary>
    private sealed class Side
    {
        private readonly Dictionary<string, SearchTerm> terms = new(StringComparer.Ordinal);
        private readonly HashSet<string> authors = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> tags = new(StringComparer.Ordinal);

        public IReadOnlyList<SearchTerm> Terms => [.. terms.Values];
        public IReadOnlyList<string> Authors => [.. authors];
        public IReadOnlyList<string> Tags => [.. tags];
        public int Count => terms.Count + authors.Count + tags.Count;

        public void AddWords(IReadOnlyList<string> words, bool isPrefix) =>
            terms.TryAdd(string.Join(' ', words) + (isPrefix ? "*" : ""), new SearchTerm(words, isPrefix));

        public void AddAuthor(string author) => authors.Add(author);

        public void AddTag(string tag) => tags.Add(tag);
    }

    /// <summary>Reads a query from its beginning to its end. There is no wrong query, only signs that say nothing.</summary>
    private sealed class QueryParts(string text, bool isForPosts)
    {
        private int place;

        public Side Wanted { get; } = new();
        public Side Unwanted { get; } = new();

        public void Read()
        {
            while (SkipSpace())
            {
                var side = Wanted;
                if (text[place] == '-')
                {
                    place++;
                    side = Unwanted;
                    if (IsAtEnd || IsSpace(text[place]))
                    {
                        continue;
                    }
                }
                if (IsQuote(text[place]))
                {
                    place++;
                    var phrase = ReadUntil(IsQuote);
                    place++;
                    var isPrefix = !IsAtEnd && text[place] == '*';
                    AddWords(side, phrase, isPrefix);
                }
                else
                {
                    AddTerm(side, ReadUntil(x => IsSpace(x) || IsQuote(x)));
                }
            }
        }

        private bool IsAtEnd => place >= text.Length;

        private bool SkipSpace()
        {
            while (!IsAtEnd && IsSpace(text[place]))
            {
                place++;
            }
            return !IsAtEnd;
        }

        private string ReadUntil(Predicate<char> isEnd)
        {
            var start = place;
            while (!IsAtEnd && !isEnd(text[place]))
            {
                place++;
            }
            return text[start..place];
        }

        private void AddTerm(Side side, string term)
        {
            if (
                term.StartsWith(From, StringComparison.OrdinalIgnoreCase)
                && AuthorIn(term[From.Length..]) is { Length: > 0 } author
            )
            {
                side.AddAuthor(author);
            }
            else if (isForPosts && TagName.IsSign(term[0]) && !term.EndsWith('*'))
            {
                AddTag(side, term);
            }
            else
            {
                AddWords(side, term, term.EndsWith('*'));
            }
        }

        private static string AuthorIn(string text) =>
            string.Concat(text.EnumerateRunes().Where(x => !Unseen.Is(x))).TrimStart('@', '＠');

        /// <summary>A tag goes as far as in a post; what follows it, or is no tag, is words.</summary>
        private static void AddTag(Side side, string term)
        {
            var end = TagName.EndOfWord(term, 1);
            if (TagName.Normalize(term[1..end]) is { } tag)
            {
                side.AddTag(tag);
                AddWords(side, term[end..], isPrefix: false);
            }
            else
            {
                AddWords(side, term, isPrefix: false);
            }
        }

        /// <summary>Several words without a space between them, as in an address, follow each other in the post too.</summary>
        private static void AddWords(Side side, string term, bool isPrefix)
        {
            if (Tokenizer.WordsOf(term) is { Count: > 0 } words)
            {
                side.AddWords(words, isPrefix);
            }
        }

        private static bool IsSpace(char x) => char.IsWhiteSpace(x) || char.IsControl(x);

        /// <summary>Telephones write quotes that are not straight.</summary>
        private static bool IsQuote(char x) => x is '"' or '“' or '”' or '„' or '＂';
    }
}
