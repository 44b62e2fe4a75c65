using System.Text.Json.Serialization;
using Pamps.Core.Posts;

namespace Pamps.Api.Posts;

internal sealed record PostRequest(string? Text, long? ParentId = null);

internal sealed record PostChange(string? Text);

internal record PostResponse(
    long Id,
    string Text,
    DateTime Date,
    long UserId,
    long? ParentId,
    string Username,
    string? Avatar,
    long LikesCount,
    long RepliesCount,
    bool? Liked,
    DateTime? EditedAt,
    [property: JsonConverter(typeof(EntitiesConverter))] EntitiesJson Entities
)
{
    public static PostResponse From(PostView x) =>
        new(
            x.Id,
            x.Text,
            x.Date,
            x.UserId,
            x.ParentId,
            x.Username,
            x.Avatar,
            x.LikesCount,
            x.RepliesCount,
            x.Liked,
            x.EditedAt,
            x.Entities
        );
}

/// <summary>A post as everywhere, and the first of its replies.</summary>
internal sealed record PostResponseWithReplies : PostResponse
{
    private PostResponseWithReplies(PostResponse post, PostResponse[] replies)
        : base(post) => Replies = replies;

    [JsonPropertyOrder(1)]
    public PostResponse[] Replies { get; }

    public static PostResponseWithReplies From(PostWithReplies x) =>
        new(From(x.Post), [.. x.Replies.Select(From)]);
}

internal sealed record LikeResponse(long UserId, long PostId, DateTime Date)
{
    public static LikeResponse From(LikeView x) => new(x.UserId, x.PostId, x.Date);
}
