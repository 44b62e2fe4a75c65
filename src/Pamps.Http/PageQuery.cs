using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>The query of a list. Kept as text until it is checked, so that bad values are answered with 422.</summary>
internal sealed class PageQuery : ICheckedInput
{
    public HttpContext Context { get; set; } = null!;

    [FromQuery(Name = "limit"), Description("At most so many, 1 to 100; 20 by default.")]
    public string? Limit { get; set; }

    [FromQuery(Name = "before"), Description("Only ids smaller than this.")]
    public string? Before { get; set; }

    [FromQuery(Name = "after"), Description("Only ids larger than this.")]
    public string? After { get; set; }

    [FromQuery(Name = "order"), Description("`newest` or `oldest` first.")]
    public string? Order { get; set; }

    /// <summary>Whether the best come first, which only an endpoint that <see cref="RanksToo"/> can do.</summary>
    public bool IsRanked => Order == "best" && CanRank;

    private bool CanRank => Context.GetEndpoint()?.Metadata.GetMetadata<RanksToo>() is not null;

    public IReadOnlyDictionary<string, FieldError>? Wrong
    {
        get
        {
            Dictionary<string, FieldError>? wrong = null;
            if (Limit is not null && ParseLimit() is < 1 or > PageRequest.MaxLimit)
            {
                const int most = PageRequest.MaxLimit;
                Add("limit", new("out_of_range", $"limit is a whole number from 1 to {most}.", 1, most));
            }
            CheckId("before", Before);
            CheckId("after", After);
            if (!IsRanked && Order is not (null or "newest" or "oldest"))
            {
                var words = CanRank ? "newest, oldest or best" : "newest or oldest";
                Add("order", new("unknown_word", $"order is {words}."));
            }
            return wrong;

            void Add(string name, FieldError error) => (wrong ??= [])[name] = error;

            void CheckId(string name, string? text)
            {
                if (text is not null && PostId.ParseOrZero(text) == 0)
                {
                    Add(name, new("not_an_id", $"{name} is a positive whole number of at most 53 bits."));
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

    private int ParseLimit() => PostId.ParseOrZero(Limit) is var limit and <= int.MaxValue ? (int)limit : 0;
}
