using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Api.Posts;
using Pamps.Auth;
using Pamps.Core.Posts;
using Pamps.Core.Results;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Tags;

internal sealed record TagResponse(string Tag);

/// <summary>Hashtags.</summary>
internal static class TagEndpoints
{
    public static void MapTags(this RouteGroupBuilder api)
    {
        var tags = api.MapGroup("/tag").WithTags("tag");

        tags.MapGet("/", CompleteAsync)
            .Open("CompleteTag", "List up to 10 hashtags that begin with what somebody types")
            .Gives<TagResponse[]>(200)
            .Refuses(422);
        tags.MapGet("/{name}/", PostsAsync)
            .Open("ListPostsWithTag", "List the posts with a hashtag, replies too, newest first")
            .GivesList<PostResponse>();
    }

    private static async Task<IResult> CompleteAsync(
        [AsParameters] TagQuery query,
        ReadTag tag,
        CancellationToken ct
    ) => TypedResults.Ok((await tag.CompleteAsync(query.Q!, ct)).Select(x => new TagResponse(x)).ToArray());

    private static async Task<IResult> PostsAsync(
        [Description("With or without its #, in any case.")] string name,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ReadTag tag,
        CancellationToken ct
    ) => (await tag.PostsAsync(me?.ToViewer(), name, page.ToRequest(), ct)).ToList(PostResponse.From);
}

/// <summary>The query of a completion.</summary>
internal sealed class TagQuery : ICheckedInput
{
    [FromQuery(Name = "q"), Description("What the hashtag begins with, with or without its #, in any case.")]
    public string? Q { get; set; }

    public IReadOnlyDictionary<string, FieldError>? Wrong =>
        Q is not null
            ? null
            : new Dictionary<string, FieldError>
            {
                ["q"] = new("required", "q is what the hashtag begins with."),
            };
}
