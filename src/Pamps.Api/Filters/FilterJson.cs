using System.Text.Json.Serialization;
using Pamps.Core.Filters;
using Pamps.Core.Users;

namespace Pamps.Api.Filters;

/// <summary>A filter that is made or changed: a field that is absent stays as it is.</summary>
internal sealed class FilterRequest
{
    private Optional<string> title;
    private Optional<string> filterAction;
    private Optional<long?> expiresIn;
    private string?[]? context;
    private FilterKeywordRequest?[]? keywords;
    private bool hasContext;
    private bool hasKeywords;

    /// <summary>Its name, which a folded post is shown with; 1 to 100 characters.</summary>
    public string? Title
    {
        get => title.Value;
        set => title = new Optional<string>(true, value);
    }

    /// <summary>Where it holds: some of home, notifications, public, thread, account.</summary>
    public string?[]? Context
    {
        get => context;
        set => (context, hasContext) = (value, true);
    }

    /// <summary>What becomes of a post that matches: warn folds it, hide leaves it out; warn for a new one.</summary>
    public string? FilterAction
    {
        get => filterAction.Value;
        set => filterAction = new Optional<string>(true, value);
    }

    /// <summary>What it looks for; at most 500 in all of one's filters.</summary>
    public FilterKeywordRequest?[]? Keywords
    {
        get => keywords;
        set => (keywords, hasKeywords) = (value, true);
    }

    /// <summary>In how many seconds it ends; null for not at all.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? ExpiresIn
    {
        get => expiresIn.Value;
        set => expiresIn = new Optional<long?>(true, value);
    }

    public FilterEdit ToEdit() =>
        new()
        {
            Title = title,
            Context = new(hasContext, context),
            Action = filterAction,
            Keywords = new(hasKeywords, keywords?.Select(x => x?.ToGiven()).ToArray()),
            ExpiresIn = expiresIn,
        };
}

/// <param name="Keyword">A word, a phrase or a hashtag; 1 to 100 characters. Case and accents do not matter.</param>
/// <param name="WholeWord">Whether it is not looked for within longer words.</param>
internal sealed record FilterKeywordRequest(string? Keyword, bool WholeWord = true)
{
    public GivenKeyword ToGiven() => new(Keyword, WholeWord);
}

/// <summary>A filter of one's own.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Context">Where it holds.</param>
/// <param name="FilterAction">What becomes of a post that matches.</param>
/// <param name="ExpiresAt">When it ends by itself, or ended; null for not at all.</param>
/// <param name="Keywords">What it looks for.</param>
internal sealed record FilterResponse(
    long Id,
    string Title,
    string[] Context,
    string FilterAction,
    DateTime? ExpiresAt,
    FilterKeywordResponse[] Keywords
)
{
    public static FilterResponse From(FilterView x) =>
        new(
            x.Id,
            x.Title,
            FilterWords.Of(x.Places),
            FilterWords.Of(x.Action),
            x.ExpiresAt,
            [.. x.Keywords.Select(k => new FilterKeywordResponse(k.Id, k.Keyword, k.WholeWord))]
        );
}

internal sealed record FilterKeywordResponse(long Id, string Keyword, bool WholeWord);

/// <summary>Why a post is to be folded.</summary>
/// <param name="Id">The filter.</param>
/// <param name="Title">Its name.</param>
/// <param name="FilterAction">What it does in lists: a post that one asks for by its address is folded even by one that hides.</param>
/// <param name="KeywordMatches">Which of its keywords are in the post.</param>
internal sealed record FilteredResponse(long Id, string Title, string FilterAction, string[] KeywordMatches)
{
    public static FilteredResponse From(FilterMatch x) =>
        new(x.Filter.Id, x.Filter.Title, FilterWords.Of(x.Filter.Action), [.. x.Keywords]);
}
