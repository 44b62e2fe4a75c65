using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Posts;

/// <summary>A post as a viewer sees it.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Text">Its text, in NFC.</param>
/// <param name="Date">When it was written, UTC.</param>
/// <param name="UserId">Its author's id.</param>
/// <param name="ParentId">The post it replies to, or null. That post may be gone.</param>
/// <param name="Username">Its author's name.</param>
/// <param name="Avatar">Its author's picture, or null.</param>
/// <param name="LikesCount">How many like it.</param>
/// <param name="RepliesCount">How many replies it has.</param>
/// <param name="Liked">Whether the viewer likes it; null when nobody is signed in.</param>
/// <param name="EditedAt">When its text was last changed, or null.</param>
/// <param name="Entities">The mentions, hashtags and URLs in its text.</param>
public sealed record PostView(
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
    EntitiesJson Entities
);

/// <summary>
/// The mentions, hashtags and URLs of a post as doors send them: a JSON array that was made when the post was written, so
/// that reading a post parses nothing.
/// </summary>
/// <param name="Json">The array; null counts as an empty one.</param>
public readonly record struct EntitiesJson(string? Json)
{
    /// <summary>The array.</summary>
    public override string ToString() => Json ?? PostEntities.None;
}

/// <summary>A post with the first of its replies.</summary>
/// <param name="Post">The post.</param>
/// <param name="Replies">Its replies, oldest first, at most <see cref="MaxReplies"/>.</param>
public sealed record PostWithReplies(PostView Post, IReadOnlyList<PostView> Replies)
{
    /// <summary>The most replies that come with a post; the rest is read page by page.</summary>
    public const int MaxReplies = 100;
}

/// <summary>The one place that knows how a post's columns become a <see cref="PostView"/>.</summary>
internal static class PostRows
{
    public const string From = "post p JOIN \"user\" u ON u.id = p.user_id";

    /// <summary>The columns for a viewer, whose id is the parameter <c>viewer</c>.</summary>
    public static string Columns(Viewer? viewer) =>
        ColumnsWith(
            viewer is null
                ? "NULL"
                : "EXISTS (SELECT 1 FROM \"like\" l WHERE l.post_id = p.id AND l.user_id = @viewer)"
        );

    /// <summary>The columns, where what tells whether the viewer likes the post is special.</summary>
    public static string ColumnsWith(string liked) =>
        "p.id, p.text, p.date, p.user_id, p.parent_id, u.username, u.avatar, p.likes_count, p.replies_count, p.edited_at, p.entities, "
        + liked;

    public static (string, object?)[] Parameters(Viewer? viewer) =>
        viewer is null ? [] : [("viewer", viewer.Id)];

    /// <summary>Reads a post whose columns begin after the key of a <see cref="SqlList{T}"/>.</summary>
    public static PostView Read(DbDataReader row) =>
        new(
            Id: row.GetInt64(1),
            Text: row.GetString(2),
            Date: row.GetUtc(3),
            UserId: row.GetInt64(4),
            ParentId: row.GetInt64OrNull(5),
            Username: row.GetString(6),
            Avatar: row.GetStringOrNull(7),
            LikesCount: row.GetInt64(8),
            RepliesCount: row.GetInt64(9),
            EditedAt: row.GetUtcOrNull(10),
            Entities: new EntitiesJson(row.GetStringOrNull(11)),
            Liked: row.GetBooleanOrNull(12)
        );

    /// <summary>A list of posts for a viewer.</summary>
    public static SqlList<PostView> List(
        Viewer? viewer,
        string where = "true",
        string from = From,
        string idColumn = "p.id",
        string? of = null
    ) => new(Columns(viewer), from, where, idColumn, Read, of);
}
