using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Api.Http;
using Pamps.Core.Reads;

namespace Pamps.Api.Search;

/// <summary>The query of a search: what every list takes, and more.</summary>
internal sealed class SearchPage : ICheckedInput
{
    [
        FromQuery(Name = "q"),
        Description(
            "What to look for, at most 200 characters. `word`, `\"some words in a row\"`, `beginning*`; for posts also "
                + "`from:username` and `#tag`. All of it must be there; what has a `-` before it must not. Case and "
                + "accents do not matter."
        )
    ]
    public string? Text { get; set; }

    [FromQuery(Name = "type"), Description("`post` (replies too) or `user` (by name and bio).")]
    public string? Type { get; set; }

    [FromQuery(Name = "limit"), Description("At most so many, 1 to 100; 20 by default.")]
    public string? Limit { get; set; }

    [
        FromQuery(Name = "before"),
        Description("Only ids smaller than this. Ordered by `best`: only what comes after this id.")
    ]
    public string? Before { get; set; }

    [
        FromQuery(Name = "after"),
        Description("Only ids larger than this. Ordered by `best`: only what comes ahead of this id.")
    ]
    public string? After { get; set; }

    [
        FromQuery(Name = "order"),
        Description(
            "`newest` (posts unless asked otherwise), `oldest` (users unless asked otherwise) or `best` first."
        )
    ]
    public string? Order { get; set; }

    public bool IsForUsers => Type == "user";

    public bool IsRanked => Order == "best";

    public IReadOnlyDictionary<string, string[]>? Wrong
    {
        get
        {
            var wrong = ToPageQuery().Wrong is { } ofPage ? new Dictionary<string, string[]>(ofPage) : [];
            if (wrong.ContainsKey("order"))
            {
                wrong["order"] = ["order is newest, oldest or best."];
            }
            if (Type is not (null or "post" or "user"))
            {
                wrong["type"] = ["type is post or user."];
            }
            return wrong.Count > 0 ? wrong : null;
        }
    }

    public PageRequest ToRequest() => ToPageQuery().ToRequest();

    private PageQuery ToPageQuery() =>
        new()
        {
            Limit = Limit,
            Before = Before,
            After = After,
            Order = IsRanked ? null : Order,
        };
}
