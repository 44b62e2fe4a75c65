using System.Data.Common;
using Pamps.Core.Cards;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Core.Posts;

/// <summary>
/// The one place that says who sees a post, and how its columns become a <see cref="PostView"/>. Every read of posts goes
/// through it; a test looks for those that do not.
/// </summary>
/// <remarks>
/// Conditions are on <c>p</c>, the post, unless they say otherwise. The viewer's id is the parameter <c>viewer</c>. Whether the viewer has anything to do
/// with blocks or mutes is asked once for a statement, so that who has none pays for one look.
/// </remarks>
internal static class PostSql
{
    private const string From = "post p JOIN \"user\" u ON u.id = p.user_id";

    /// <summary>The viewer of the statement's parameter.</summary>
    private const string ViewerParameter = "@viewer";

    private const int Public = (int)Visibility.Public;
    private const int Unlisted = (int)Visibility.Unlisted;
    private const int Followers = (int)Visibility.Followers;
    private const int Direct = (int)Visibility.Direct;

    /// <summary>The condition that the post of that id has not been deleted, whoever may see it.</summary>
    /// <param name="id">An expression; trusted.</param>
    public static string IsKept(string id) => $"EXISTS (SELECT 1 FROM post p WHERE p.id = {id})";

    /// <summary>Whether everybody may see it, and so counts it, whoever they are.</summary>
    public static bool IsForAll(Visibility visibility) => visibility <= Visibility.Unlisted;

    /// <summary>
    /// A post's words as the index holds them, which knows of no viewer: others than the author do not find it, and so do not
    /// learn from where a page ends that there is one.
    /// </summary>
    public static IndexedWords WordsFor(Visibility visibility, IndexedWords words) =>
        visibility == Visibility.Public ? words : words.Hidden();

    /// <summary>The condition that the viewer may see the post at all.</summary>
    public static string Visible(Viewer? viewer, string post = "p") =>
        viewer is null ? $"{post}.visibility <= {Unlisted}" : VisibleTo(ViewerParameter, post);

    /// <summary>The same for a viewer whose id is an expression of the statement, such as another table's column.</summary>
    public static string VisibleTo(string viewer, string post = "p") =>
        $"""
            ({post}.user_id = {viewer} OR (
                {post}.visibility <= {Direct} AND ({post}.visibility <= {Unlisted}
                    OR {post}.visibility = {Followers} AND EXISTS (
                        SELECT 1 FROM social f WHERE f."from" = {viewer} AND f."to" = {post}.user_id
                    )
                    OR EXISTS (SELECT 1 FROM audience a WHERE a.post_id = {post}.id AND a.user_id = {viewer}))
                AND {BlockSql.NoneBetween(viewer, $"{post}.user_id")}
            ))
            """;

    /// <summary>The condition that it is in lists for the viewer: they may see it, and have not muted its author.</summary>
    public static string Listed(Viewer? viewer) =>
        viewer is null
            ? Visible(viewer)
            : $"{Visible(viewer)} AND {MuteSql.None(ViewerParameter, "p.user_id")}";

    /// <summary>
    /// The same in lists where strangers come by it: nobody finds there whom moderators have silenced, but who follows them. The author is
    /// <c>u</c>.
    /// </summary>
    /// <remarks>
    /// It names the post, too, with what holds for none: of a condition on the author alone SQLite makes a Bloom filter, and reads all users
    /// for each list.
    /// </remarks>
    public static string Heard(Viewer? viewer) =>
        $"{Listed(viewer)} AND ({UserRows.Heard(viewer)} OR p.id < 0)";

    /// <summary>The condition that its author or a moderator says that what it shows is not for every eye.</summary>
    private const string IsSensitive = "(p.sensitive OR p.covered_by IS NOT NULL)";

    /// <summary>The columns for a viewer.</summary>
    public static string Columns(Viewer? viewer) => Columns(viewer, ParentUsername(Visible(viewer, "o")));

    /// <remarks>
    /// Whether posts are bookmarked is asked for those who have bookmarks at all: most have none, and pay nothing. Not EXISTS: PostgreSQL may
    /// gather all of them beforehand.
    /// </remarks>
    private static string Columns(Viewer? viewer, string parentUsername) =>
        ColumnsWith(
            Liked(viewer),
            parentUsername,
            viewer is { HasBookmarks: true }
                ? "COALESCE((SELECT true FROM bookmark m WHERE m.post_id = p.id AND m.user_id = @viewer), false)"
                : "false"
        );

    private static string Liked(Viewer? viewer) =>
        viewer is null
            ? "NULL"
            : "EXISTS (SELECT 1 FROM \"like\" l WHERE l.post_id = p.id AND l.user_id = @viewer)";

    /// <summary>The columns, where what tells whether the viewer likes the post, whom it answers, and whether it is bookmarked is special.</summary>
    public static string ColumnsWith(
        string liked,
        string parentUsername = "NULL",
        string bookmarked = "false"
    ) =>
        "p.id, p.text, p.date, p.user_id, p.parent_id, u.username, u.avatar, p.likes_count, p.replies_count, p.edited_at, p.entities, p.visibility, "
        + $"{liked}, {parentUsername}, p.media, u.display_name, p.pinned, {CardRows.ContentOfPost}, {IsSensitive}, {bookmarked}";

    /// <summary>Who wrote the post <c>o</c> that this one answers, told where the condition on <c>o</c> lets the viewer see it.</summary>
    public static string ParentUsername(string visible) => $"({Author("p.parent_id", visible)})";

    /// <summary>The statement's text for who wrote the post <c>id</c>.</summary>
    public static string AuthorOf(Viewer? viewer) => Author("@id", Visible(viewer, "o"));

    private static string Author(string post, string visible) =>
        $"SELECT w.username FROM post o JOIN \"user\" w ON w.id = o.user_id WHERE o.id = {post} AND {visible}";

    public static (string, object?)[] Parameters(Viewer? viewer) =>
        viewer is null ? [] : [("viewer", viewer.Id)];

    /// <summary>Reads a post whose columns begin after the key of a <see cref="SqlList{T}"/>.</summary>
    public static PostView Read(DbDataReader row) =>
        new(
            Id: row.GetInt64(1),
            Text: row.GetString(2),
            Date: row.GetUtc(3),
            Author: new AuthorView(
                row.GetInt64(4),
                row.GetString(6),
                row.GetAvatar(7),
                DisplayName: row.GetStringOrNull(16)
            ),
            ParentId: row.GetInt64OrNull(5),
            LikesCount: row.GetInt64(8),
            RepliesCount: row.GetInt64(9),
            EditedAt: row.GetUtcOrNull(10),
            Entities: new EntitiesJson(row.GetStringOrNull(11)),
            Visibility: (Visibility)row.GetInt16(12),
            Liked: row.GetBooleanOrNull(13),
            ParentUsername: row.GetStringOrNull(14),
            Media: new MediaJson(row.GetStringOrNull(15)),
            Pinned: row.GetBoolean(17),
            Card: new CardJson(row.GetStringOrNull(18)),
            Sensitive: row.GetBoolean(19)
        )
        {
            Bookmarked = row.GetBoolean(20),
        };

    /// <summary>Everybody's posts that are not replies.</summary>
    public static SqlList<PostView> Everyone(Viewer? viewer) => AllPosts.For(viewer);

    private static readonly ByViewer<SqlList<PostView>> AllPosts = new(viewer =>
        List(
            viewer,
            $"p.parent_id IS NULL AND p.visibility = {Public} AND {Heard(viewer)}",
            parentUsername: "NULL"
        )
    );

    /// <summary>The posts of the user <c>of</c>, whom the viewer asks for: those too who muted them see them here.</summary>
    public static SqlList<PostView> By(Viewer? viewer, bool withReplies) =>
        (withReplies ? PostsAndReplies : PostsAlone).For(viewer);

    private static readonly ByViewer<SqlList<PostView>> PostsAndReplies = new(x =>
        ListBy(x, withReplies: true)
    );
    private static readonly ByViewer<SqlList<PostView>> PostsAlone = new(x => ListBy(x, withReplies: false));

    private static SqlList<PostView> ListBy(Viewer? viewer, bool withReplies) =>
        List(
            viewer,
            $"{(withReplies ? "" : "p.parent_id IS NULL AND ")}p.visibility < {Direct} AND {Visible(viewer)}",
            "post p JOIN \"user\" u ON u.id = @of",
            of: "p.user_id",
            parentUsername: withReplies ? null : "NULL"
        );

    /// <summary>The posts that the user <c>of</c>, whom the viewer asks for, has pinned; few, and replies among them.</summary>
    public static SqlList<PostView> PinnedBy(Viewer? viewer) =>
        List(
            viewer,
            $"p.pinned AND p.visibility = {Public} AND {Visible(viewer)}",
            "post p JOIN \"user\" u ON u.id = @of",
            of: "p.user_id"
        );

    /// <summary>The statement's text for how many posts the viewer has pinned.</summary>
    public const string CountPinned = "SELECT count(*) FROM post q WHERE q.user_id = @viewer AND q.pinned";

    /// <summary>The replies to the post <c>of</c>, which are not told whom they answer: whoever reads that post knows.</summary>
    public static SqlList<PostView> RepliesTo(Viewer? viewer) => Replies.For(viewer);

    private static readonly ByViewer<SqlList<PostView>> Replies = new(viewer =>
        List(viewer, Heard(viewer), of: "p.parent_id", parentUsername: "NULL")
    );

    /// <summary>The posts that the user <c>of</c> likes; the list's ids are the likes'.</summary>
    public static SqlList<PostView> LikedBy(Viewer? viewer) =>
        List(
            viewer,
            $"p.visibility < {Direct} AND {Heard(viewer)}",
            $"\"like\" k JOIN post p ON p.id = k.post_id JOIN \"user\" u ON u.id = p.user_id",
            "k.id",
            "k.user_id"
        );

    /// <summary>
    /// The posts that the user <c>of</c>, who is the viewer, has bookmarked, as long as they may see them; the list's ids are the bookmarks'.
    /// Those too whose author they have muted: they have chosen each.
    /// </summary>
    public static SqlList<PostView> BookmarkedBy(Viewer viewer) =>
        new(
            ColumnsWith(Liked(viewer), ParentUsername(Visible(viewer, "o")), bookmarked: "true"),
            "bookmark k JOIN post p ON p.id = k.post_id JOIN \"user\" u ON u.id = p.user_id",
            Visible(viewer),
            "k.id",
            Read,
            of: "k.user_id"
        );

    /// <summary>The posts that carry the tag <c>of</c> for everybody to find, and the viewer's own.</summary>
    public static SqlList<PostView> Tagged(Viewer? viewer) =>
        List(
            viewer,
            $"{IsFound(viewer)} AND {Heard(viewer)}",
            "hashtag h JOIN post p ON p.id = h.post_id JOIN \"user\" u ON u.id = p.user_id",
            "h.post_id",
            "h.tag"
        );

    /// <summary>The posts that are only for some people, to whom the user <c>of</c>, who is the viewer, belongs.</summary>
    public static SqlList<PostView> DirectTo(Viewer viewer) =>
        List(
            viewer,
            $"a.direct AND {Listed(viewer)}",
            "audience a JOIN post p ON p.id = a.post_id JOIN \"user\" u ON u.id = p.user_id",
            "a.post_id",
            "a.user_id"
        );

    /// <summary>The statement's text for the post <c>id</c>, with 0 before its columns.</summary>
    public static string One(Viewer? viewer) => OnePost.For(viewer);

    private static readonly ByViewer<string> OnePost = new(viewer => One(viewer, Columns(viewer), "id"));

    /// <summary>The same for the post <c>of</c>, which is not told whom it answers.</summary>
    public static string OneAlone(Viewer? viewer) => One(viewer, Columns(viewer, "NULL"), "of");

    private static string One(Viewer? viewer, string columns, string parameter) =>
        $"SELECT 0, {columns} FROM {From} WHERE p.id = @{parameter} AND {Visible(viewer)}";

    /// <summary>
    /// The statement's text for posts whose ids are in the parameter <c>ids</c>, and of which the viewer may be told where
    /// posts are looked for.
    /// </summary>
    public static string FoundAmong(Dialect dialect, Viewer? viewer) =>
        $"""
            SELECT p.id, {Columns(viewer)} FROM {From}
            WHERE {dialect.IsOneOf("p.id", "ids")} AND {IsFound(viewer)} AND {Heard(viewer)}
            """;

    /// <summary>What a ranking of those needs to know: likes, replies, length.</summary>
    public static string FactsAmong(Dialect dialect, Viewer? viewer) =>
        $"""
            SELECT p.id, p.likes_count, p.replies_count, length(p.text) FROM {From}
            WHERE {dialect.IsOneOf("p.id", "ids")} AND {IsFound(viewer)} AND {Heard(viewer)}
            """;

    /// <summary>
    /// The statement's text for the posts of the parameter <c>ids</c>, whoever may see them: for who looks that up by another
    /// way, and shows each to those only.
    /// </summary>
    public static string AllAmong(Dialect dialect) =>
        $"SELECT 0, {ColumnsWith("NULL")} FROM {From} WHERE {dialect.IsOneOf("p.id", "ids")} AND p.visibility <= {Direct}";

    /// <summary>
    /// The posts that the post <c>id</c> replies to, and itself, outermost first; of a longer conversation the nearest
    /// <c>most</c>. It ends where the viewer may not look on.
    /// </summary>
    public static string Above(Viewer? viewer) =>
        $"""
            WITH RECURSIVE above (id, parent_id, distance) AS (
                SELECT p.id, p.parent_id, 0 FROM post p WHERE p.id = @id AND {Visible(viewer)}
                UNION ALL
                SELECT p.id, p.parent_id, a.distance + 1
                FROM above a JOIN post p ON p.id = a.parent_id WHERE a.distance < @most AND {Visible(viewer)}
            )
            SELECT a.distance, {Columns(viewer)}
            FROM above a JOIN post p ON p.id = a.id JOIN "user" u ON u.id = p.user_id
            ORDER BY a.distance DESC
            """;

    /// <summary>The posts whose ids a subquery gives, which has seen to it that the viewer may see them.</summary>
    public static string InOrder(Viewer viewer, string ids, string direction) =>
        $"""
            SELECT p.id, {Columns(viewer)}
            FROM ({ids}) t JOIN post p ON p.id = t.id JOIN "user" u ON u.id = p.user_id
            ORDER BY p.id {direction}
            """;

    /// <summary>
    /// The statements that count a post that everybody may see, or one less: what a count says, everybody may know.
    /// </summary>
    public static IEnumerable<Statement> Count(long authorId, long? parentId, int change)
    {
        if (parentId is not null)
        {
            yield return new Statement(
                "UPDATE post SET replies_count = replies_count + @change WHERE id = @id",
                ("change", change),
                ("id", parentId)
            );
        }
        yield return new Statement(
            "UPDATE \"user\" SET posts_count = posts_count + @change WHERE id = @id",
            ("change", change),
            ("id", authorId)
        );
    }

    /// <summary>In search and under hashtags are the posts for everybody, and one's own.</summary>
    public static string IsFound(Viewer? viewer) =>
        viewer is null ? $"p.visibility = {Public}" : $"(p.visibility = {Public} OR p.user_id = @viewer)";

    private static SqlList<PostView> List(
        Viewer? viewer,
        string where,
        string from = From,
        string idColumn = "p.id",
        string? of = null,
        string? parentUsername = null
    ) =>
        new(
            parentUsername is null ? Columns(viewer) : Columns(viewer, parentUsername),
            from,
            where,
            idColumn,
            Read,
            of
        );
}
