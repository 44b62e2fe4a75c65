using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Pamps.Api.Filters;
using Pamps.Api.Media;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Core.Results;

namespace Pamps.Api.Posts;

/// <remarks>The workshop's server took an id as a string of digits too, and programs in languages with small numbers send that.</remarks>
internal sealed record PostRequest(
    string? Text,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? ParentId = null,
    string? Visibility = null,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long[]? MediaIds = null,
    bool Sensitive = false
);

/// <summary>The words for who may see a post.</summary>
internal static class VisibilityWord
{
    private static readonly string[] Words = ["public", "unlisted", "followers", "direct"];

    public static string Of(Visibility visibility) => Words[(int)visibility];

    /// <summary>What a word means; null for none, and for the default.</summary>
    public static Result<Visibility?> Parse(string? word) =>
        word is null ? (Visibility?)null
        : Array.IndexOf(Words, word) is var place and >= 0 ? (Visibility?)place
        : Error.Invalid("visibility", "unknown_word", $"visibility is one of {string.Join(", ", Words)}.");
}

internal sealed record PostChange(
    string? Text,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long[]? MediaIds = null,
    bool? Sensitive = null
);

internal record PostResponse
{
    public required long Id { get; init; }
    public required string Text { get; init; }
    public required DateTime Date { get; init; }
    public required long UserId { get; init; }
    public required long? ParentId { get; init; }
    public required string Username { get; init; }
    public required string? Avatar { get; init; }
    public required string? DisplayName { get; init; }
    public required long LikesCount { get; init; }
    public required long RepliesCount { get; init; }
    public required bool? Liked { get; init; }
    public required DateTime? EditedAt { get; init; }

    [JsonConverter(typeof(EntitiesConverter))]
    public required EntitiesJson Entities { get; init; }
    public required string Visibility { get; init; }
    public required string? ParentUsername { get; init; }
    public required MediaResponse[] Media { get; init; }
    public required bool Pinned { get; init; }
    public required CardResponse? Card { get; init; }

    /// <summary>Whether what it shows is to be covered until somebody wants to see it.</summary>
    public required bool Sensitive { get; init; }

    /// <summary>Absent unless one has bookmarked it; and in notifications and the stream, which do not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Bookmarked { get; init; }

    /// <summary>Absent unless one's filters fold it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FilteredResponse[]? Filtered { get; init; }

    public static PostResponse From(PostView x) =>
        new()
        {
            Id = x.Id,
            Text = x.Text,
            Date = x.Date,
            UserId = x.Author.Id,
            ParentId = x.ParentId,
            Username = x.Author.Username,
            Avatar = x.Author.Avatar,
            DisplayName = x.Author.DisplayName,
            LikesCount = x.LikesCount,
            RepliesCount = x.RepliesCount,
            Liked = x.Liked,
            EditedAt = x.EditedAt,
            Entities = x.Entities,
            Visibility = VisibilityWord.Of(x.Visibility),
            ParentUsername = x.ParentUsername,
            Media = MediaResponse.From(x.Media),
            Pinned = x.Pinned,
            Card = CardResponse.From(x.Card),
            Sensitive = x.Sensitive,
            Bookmarked = x.Bookmarked ? true : null,
            Filtered = x.Filtered.Count == 0 ? null : [.. x.Filtered.Select(FilteredResponse.From)],
        };
}

/// <summary>A post as everywhere, and the first of its replies.</summary>
internal sealed record PostResponseWithReplies : PostResponse
{
    [SetsRequiredMembers]
    private PostResponseWithReplies(PostResponse post, PostResponse[] replies)
        : base(post) => Replies = replies;

    [JsonPropertyOrder(1)]
    public required PostResponse[] Replies { get; init; }

    public static PostResponseWithReplies From(PostWithReplies x) =>
        new(From(x.Post), [.. x.Replies.Select(From)]);
}

internal sealed record LikeResponse(long UserId, long PostId, DateTime Date)
{
    public static LikeResponse From(LikeView x) => new(x.UserId, x.PostId, x.Date);
}

internal sealed record BookmarkResponse(long UserId, long PostId, DateTime Date)
{
    public static BookmarkResponse From(BookmarkView x) => new(x.UserId, x.PostId, x.Date);
}
