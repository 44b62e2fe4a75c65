using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Core.Results;
using Pamps.Http;

namespace Pamps.Api.Search;

/// <summary>The query of a search, besides what every list takes.</summary>
internal sealed class SearchQuery : ICheckedInput
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

    [
        FromQuery(Name = "type"),
        Description(
            "`post` (replies too) or `user` (by the beginning of the name or of a part of it, and by words of the bio)."
        )
    ]
    public string? Type { get; set; }

    public bool IsForUsers => Type == "user";

    public IReadOnlyDictionary<string, FieldError>? Wrong =>
        Type is null or "post" or "user"
            ? null
            : new Dictionary<string, FieldError> { ["type"] = new("unknown_word", "type is post or user.") };
}
