using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pamps.Core.Reads;

namespace Pamps.Api.Http;

/// <summary>The query of a list. Kept as text until it is checked, so that bad values are answered with 422.</summary>
internal sealed class PageQuery : ICheckedInput
{
    [FromQuery(Name = "limit"), Description("At most so many, 1 to 100; 20 by default.")]
    public string? Limit { get; set; }

    [FromQuery(Name = "before"), Description("Only ids smaller than this.")]
    public string? Before { get; set; }

    [FromQuery(Name = "after"), Description("Only ids larger than this.")]
    public string? After { get; set; }

    [FromQuery(Name = "order"), Description("`newest` or `oldest` first.")]
    public string? Order { get; set; }

    public IReadOnlyDictionary<string, string[]>? Wrong
    {
        get
        {
            Dictionary<string, string[]>? wrong = null;
            if (Limit is not null && ParseLimit() is < 1 or > PageRequest.MaxLimit)
            {
                Add("limit", $"limit is a whole number from 1 to {PageRequest.MaxLimit}.");
            }
            CheckId("before", Before);
            CheckId("after", After);
            if (Order is not (null or "newest" or "oldest"))
            {
                Add("order", "order is newest or oldest.");
            }
            return wrong;

            void Add(string name, string message) => (wrong ??= [])[name] = [message];

            void CheckId(string name, string? text)
            {
                if (text is not null && PostId.ParseOrZero(text) == 0)
                {
                    Add(name, $"{name} is a positive whole number of at most 53 bits.");
                }
            }
        }
    }

    public PageRequest ToRequest() =>
        new(
            Limit is null ? PageRequest.DefaultLimit : ParseLimit(),
            Before is null ? null : PostId.ParseOrZero(Before),
            After is null ? null : PostId.ParseOrZero(After),
            Order switch
            {
                "newest" => ListOrder.Newest,
                "oldest" => ListOrder.Oldest,
                _ => null,
            }
        );

    private int ParseLimit() =>
        int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 0;
}
