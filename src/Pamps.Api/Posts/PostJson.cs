using System.Text.Json.Serialization;
using Pamps.Core.Posts;

namespace Pamps.Api.Posts;

internal sealed record PostRequest(string? Text, long? ParentId = null);

internal sealed record PostChange(string? Text);

internal sealed record PostResponse(
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

internal sealed record PostResponseWithReplies(
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
    [property: JsonConverter(typeof(EntitiesConverter))] EntitiesJson Entities,
    PostResponse[] Replies
)
{
    public static PostResponseWithReplies From(PostWithReplies x) =>
        new(
            x.Post.Id,
            x.Post.Text,
            x.Post.Date,
            x.Post.UserId,
            x.Post.ParentId,
            x.Post.Username,
            x.Post.Avatar,
            x.Post.LikesCount,
            x.Post.RepliesCount,
            x.Post.Liked,
            x.Post.EditedAt,
            x.Post.Entities,
            [.. x.Replies.Select(PostResponse.From)]
        );
}

internal sealed record LikeResponse(long UserId, long PostId, DateTime Date)
{
    public static LikeResponse From(LikeView x) => new(x.UserId, x.PostId, x.Date);
}
