using System.Collections.Concurrent;
using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Core.Timelines;

/// <summary>
/// The home timeline: posts of everyone the viewer follows, newest first, gathered when it is read; the viewer's own
/// among them when asked for. docs/decisions/0007 tells why it is gathered like this.
/// </summary>
/// <remarks>
/// Who follows many mostly finds a page among the posts next to the cursor, whoever wrote them: that costs the same for
/// 300 accounts and for 5,000. Where it gives no whole page, and for who follows few, each followed account is asked
/// for its own posts, which costs the same however long they have been silent.
/// </remarks>
public sealed class ReadTimeline
{
    private readonly Sql sql;
    private readonly TimelineBounds bounds;
    private readonly FilterPosts filters;

    /// <summary>Those that were asked for: few, since a page has few sizes.</summary>
    private readonly ConcurrentDictionary<(Viewer, bool Own, PageShape), PageTexts> known = new();

    internal ReadTimeline(ReplicaSql sql, TimelineBounds bounds, FilterPosts filters) =>
        (this.sql, this.bounds, this.filters) = (sql, bounds, filters);

    /// <summary>A page of the viewer's timeline.</summary>
    /// <param name="viewer">Whose timeline.</param>
    /// <param name="own">Whether the viewer's own posts are among the others'.</param>
    /// <param name="request">Which part of it.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Page<PostView>> RunAsync(
        Viewer viewer,
        bool own,
        PageRequest request,
        CancellationToken ct
    )
    {
        var pager = new Pager(request, ListOrder.Newest);
        var texts = known.GetOrAdd(
            (viewer.Alike, own, pager.Shape),
            static (key, x) => x.timeline.Make(key.Item1, key.Own, x.pager),
            (timeline: this, pager)
        );
        var posts = await sql.ListAsync(
            texts.Page,
            static row => new Keyed<PostView>(row.GetInt64(0), PostSql.Read(row)),
            ct,
            [.. PostSql.Parameters(viewer), .. pager.Parameters]
        );
        var page = await pager.PageAsync(posts, edge =>
            sql.FirstAsync(
                texts.Behind,
                _ => true,
                ct,
                ("viewer", viewer.Id),
                ("edge", edge),
                ("cursor", pager.IsDescending ? request.Before : request.After)
            )
        );
        return await filters.PageAsync(viewer, FilterPlaces.Home, page, ct);
    }

    private PageTexts Make(Viewer viewer, bool own, Pager pager)
    {
        var authors = own ? FollowedAndOneself : Followed;
        return new PageTexts(
            PostSql.InOrder(viewer, PageOfIds(pager, authors), pager.Direction),
            Behind(pager, authors)
        );
    }

    /// <summary>Whose posts are gathered; their ids are in the column "to".</summary>
    private sealed record Authors(string From, string Where)
    {
        /// <summary>PostgreSQL looks each author up in a hash of these, as long as it does not see a join in it.</summary>
        public string Include(string column) =>
            $"({column} IN (SELECT s.\"to\" FROM {From} WHERE {Where})) IS TRUE";

        /// <summary>Those of their posts that meet a condition.</summary>
        public PostsOfMany Posts(string condition) => new(From, Where, condition);
    }

    private static readonly string NotMuted = MuteSql.None("@viewer", "s.\"to\"");

    /// <summary>
    /// Whom one follows one may see, for a block ends that; what is only for some people is listed apart. Each index that posts
    /// are gathered by holds this.
    /// </summary>
    private static readonly string IsTimely = $"p.visibility < {(int)Visibility.Direct}";

    private static readonly Authors Followed = new("social s", $"s.\"from\" = @viewer AND {NotMuted}");

    private static readonly Authors FollowedAndOneself = new(
        "(SELECT f.\"to\" FROM social f WHERE f.\"from\" = @viewer UNION ALL SELECT @viewer) s",
        NotMuted
    );

    /// <summary>
    /// One statement, so that one moment is seen and PostgreSQL is asked once. A limit of 0 is what keeps both
    /// databases from even beginning with a part; the window's own is a constant, by which PostgreSQL plans.
    /// </summary>
    private string PageOfIds(Pager pager, Authors authors)
    {
        var followsMany = $"(SELECT v.following_count FROM \"user\" v WHERE v.id = @viewer) >= {bounds.Many}";
        var posts = $"post p WHERE {IsTimely}{pager.Condition("p.id")} ORDER BY p.id {pager.Direction}";
        var each = authors.Posts($"{IsTimely}{pager.Condition("p.id")}");
        var take = $"CASE WHEN (SELECT is_whole FROM found) THEN 0 ELSE {pager.Take} END";
        return $"""
            WITH near AS MATERIALIZED (
                SELECT p.id FROM (SELECT p.id, p.user_id FROM {posts} LIMIT {bounds.Window}) p
                WHERE {authors.Include("p.user_id")}
                ORDER BY p.id {pager.Direction} LIMIT CASE WHEN {followsMany} THEN {pager.Take} ELSE 0 END
            ),
            found AS MATERIALIZED (
                SELECT CASE
                    WHEN {followsMany} THEN (SELECT count(*) FROM near) = {pager.Take}
                        OR NOT EXISTS (SELECT 1 FROM {posts} LIMIT 1 OFFSET {bounds.Window})
                    ELSE false
                END AS is_whole
            )
            SELECT id FROM near WHERE (SELECT is_whole FROM found)
            UNION ALL
            SELECT id FROM ({sql.Dialect.PostsOfEach(each, pager.Direction, pager.Take, take)}) each_of_them
            LIMIT {pager.Take}
            """;
    }

    /// <summary>
    /// Whether there is a post beyond the edge. Mostly the cursor is one, as it was the last of the page before; else
    /// each followed account is asked.
    /// </summary>
    private string Behind(Pager pager, Authors authors)
    {
        var beyond = authors.Posts($"{IsTimely} AND p.id {(pager.IsDescending ? ">" : "<")} @edge");
        return $"""
            SELECT 1 FROM post p WHERE p.id = @cursor AND {IsTimely} AND EXISTS (
                SELECT 1 FROM {authors.From} WHERE {authors.Where} AND s."to" = p.user_id
            )
            UNION ALL {sql.Dialect.AnyPostOfEach(beyond)} LIMIT 1
            """;
    }
}
