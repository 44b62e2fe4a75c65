using System.Globalization;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Filters;

/// <summary>A change that breaks no rule. What is null stays.</summary>
internal sealed record FilterChange(
    string? Title,
    FilterPlaces? Places,
    FilterAction? Action,
    List<GivenKeyword>? Keywords,
    Optional<long?> ExpiresIn
)
{
    public static Result<FilterChange> Of(FilterEdit edit, bool isNew)
    {
        var errors = new FieldErrors();
        var title =
            isNew || edit.Title.IsGiven
                ? errors.Take("title", OneLine.Normalize("title", edit.Title.Value, 1, EditFilters.MaxLength))
                : null;
        var places =
            isNew || edit.Context.IsGiven
                ? errors.Take("context", PlacesOf(edit.Context.Value))
                : (FilterPlaces?)null;
        FilterAction? action = edit.Action.IsGiven
            ? errors.Take("filter_action", ActionOf(edit.Action.Value))
            : (FilterAction?)null;
        var keywords = edit.Keywords.IsGiven
            ? errors.Take("keywords", KeywordsOf(edit.Keywords.Value ?? []))
            : null;
        if (edit.ExpiresIn.Value is < 1 or > EditFilters.MaxDuration)
        {
            errors.Add(
                "expires_in",
                new FieldError(
                    "out_of_range",
                    $"A filter lasts 1 to {EditFilters.MaxDuration} seconds, or until it is ended.",
                    1,
                    EditFilters.MaxDuration
                )
            );
        }
        return errors.Any(out var error)
            ? error
            : new FilterChange(title, places, action, keywords, edit.ExpiresIn);
    }

    public FilterView Applied(FilterView filter, Write write)
    {
        var ids = filter
            .Keywords.GroupBy(x => x.Keyword, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.First().Id, StringComparer.Ordinal);
        return filter with
        {
            Title = Title ?? filter.Title,
            Places = Places ?? filter.Places,
            Action = Action ?? filter.Action,
            ExpiresAt =
                !ExpiresIn.IsGiven ? filter.ExpiresAt
                : ExpiresIn.Value is { } seconds ? write.Now.AddSeconds(seconds)
                : null,
            Keywords = Keywords is null
                ? filter.Keywords
                :
                [
                    .. Keywords.Select(x => new FilterKeyword(
                        ids.TryGetValue(x.Keyword!, out var id) ? id : write.NewId(),
                        x.Keyword!,
                        x.WholeWord
                    )),
                ],
        };
    }

    private static Result<FilterPlaces> PlacesOf(IReadOnlyList<string?>? words)
    {
        var places = FilterPlaces.None;
        foreach (var word in words ?? [])
        {
            var place = Array.Find(FilterWords.Places, x => x.Word == word).Place;
            if (place == FilterPlaces.None)
            {
                return Error.Invalid(
                    "context",
                    "unknown_word",
                    $"context holds some of {string.Join(", ", FilterWords.Places.Select(x => x.Word))}."
                );
            }
            places |= place;
        }
        return places == FilterPlaces.None
            ? Error.Invalid("context", "required", "A filter holds somewhere: say where in context.")
            : places;
    }

    private static Result<FilterAction> ActionOf(string? word) =>
        FilterWords.ParseAction(word) is { } action
            ? action
            : Error.Invalid("filter_action", "unknown_word", "filter_action is one of warn, hide.");

    private static Result<List<GivenKeyword>> KeywordsOf(IReadOnlyList<GivenKeyword?> given)
    {
        if (given.Count > EditFilters.MostKeywords)
        {
            return Error.Invalid(
                "keywords",
                "too_many",
                string.Create(CultureInfo.InvariantCulture, $"At most {EditFilters.MostKeywords} keywords."),
                most: EditFilters.MostKeywords
            );
        }
        // Each once: the last says whether whole words are meant.
        var kept = new Dictionary<string, GivenKeyword>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var keyword = OneLine.Normalize("keywords", one?.Keyword, 1, EditFilters.MaxLength);
            if (keyword.IsRefused(out var error))
            {
                return error;
            }
            if (FilterText.Of(keyword.Value).Length == 0)
            {
                return PlainText.Empty("keywords");
            }
            kept[keyword.Value] = new GivenKeyword(keyword.Value, one!.WholeWord);
        }
        return kept.Values.ToList();
    }
}
