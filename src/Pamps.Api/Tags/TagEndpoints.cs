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
            .Open(
                "CompleteTag",
                "List up to 10 hashtags that begin with what somebody types, or up to 20 that most people used lately"
            )
            .Gives<TagResponse[]>(200);
        tags.MapGet("/{name}/", PostsAsync)
            .Open("ListPostsWithTag", "List the posts with a hashtag, replies too, newest first")
            .GivesList<PostResponse>();
    }

    private static async Task<IResult> CompleteAsync(
        [FromQuery(Name = "q")]
        [Description(
            "What the hashtag begins with, with or without its #, in any case. Without it: those in use, of most people first."
        )]
            string? begin,
        ReadTag tag,
        TagsInUse inUse,
        CancellationToken ct
    )
    {
        var tags = begin is null ? await inUse.ReadAsync(ct) : await tag.CompleteAsync(begin, ct);
        return TypedResults.Ok(tags.Select(x => new TagResponse(x)).ToArray());
    }

    private static async Task<IResult> PostsAsync(
        [Description("With or without its #, in any case.")] string name,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ReadTag tag,
        CancellationToken ct
    ) => (await tag.PostsAsync(me?.ToViewer(), name, page.ToRequest(), ct)).ToList(PostResponse.From);
}
