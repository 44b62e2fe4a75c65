using Pamps.Core.Posts;
using Pamps.Core.Reads;

namespace Pamps.Core.Timelines;

/// <summary>
/// The home timeline: posts of everyone the viewer follows, newest first, gathered when it is read; the viewer's own
/// among them when asked for. The two databases need two statements; they stand side by side here, and differ in how
/// they find the page's ids.
/// </summary>
public sealed class ReadTimeline
{
    private readonly Sql sql;

    internal ReadTimeline(Sql sql) => this.sql = sql;

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
        var authors = own ? FollowedAndOneself : Followed;
        var pager = new Pager(request, ListOrder.Newest);
        var posts = await sql.ListAsync(
            $"""
            SELECT p.id, {PostRows.Columns(viewer)}
            FROM ({PageOfIds(pager, authors)}) t JOIN post p ON p.id = t.id JOIN "user" u ON u.id = p.user_id
            ORDER BY p.id {pager.Direction}
            """,
            row => new Keyed<PostView>(row.GetInt64(0), PostRows.Read(row)),
            ct,
            [.. PostRows.Parameters(viewer), .. pager.Parameters]
        );
        return await pager.PageAsync(
            posts,
            edge =>
                sql.FirstAsync(Behind(pager, authors), _ => true, ct, ("viewer", viewer.Id), ("edge", edge))
        );
    }

    /// <summary>Whose posts are gathered; their ids are in the column "to".</summary>
    private sealed record Authors(string From, string Where);

    private static readonly Authors Followed = new("social s", "s.\"from\" = @viewer");

    private static readonly Authors FollowedAndOneself = new(
        "(SELECT f.\"to\" FROM social f WHERE f.\"from\" = @viewer UNION ALL SELECT @viewer) s",
        "true"
    );

    private string PageOfIds(Pager pager, Authors authors) =>
        sql.Dialect == SqlDialect.Sqlite
            // SQLite walks each followed user's newest posts by index and stops as soon as they are too old.
            ? $"""
                SELECT p.id FROM {authors.From} JOIN post p ON p.user_id = s."to"
                WHERE {authors.Where}{pager.Condition("p.id")}
                ORDER BY p.id {pager.Direction} LIMIT @take
                """
            // PostgreSQL would walk all posts for that, which takes seconds when the followed have been silent. So it
            // takes each one's newest id first, and reads posts of those authors only who can be on the page.
            : $"""
                SELECT p.id
                FROM (
                    SELECT s."to" AS user_id, h.id
                    FROM {authors.From}
                    CROSS JOIN LATERAL (
                        SELECT p.id FROM post p WHERE p.user_id = s."to"{pager.Condition("p.id")}
                        ORDER BY p.id {pager.Direction} LIMIT 1
                    ) h
                    WHERE {authors.Where}
                    ORDER BY h.id {pager.Direction} LIMIT @take
                ) a
                CROSS JOIN LATERAL (
                    SELECT p.id FROM post p WHERE p.user_id = a.user_id{pager.Condition("p.id")}
                    ORDER BY p.id {pager.Direction} LIMIT @take
                ) p
                ORDER BY p.id {pager.Direction} LIMIT @take
                """;

    private string Behind(Pager pager, Authors authors)
    {
        var condition = $"p.user_id = s.\"to\" AND p.id {(pager.IsDescending ? ">" : "<")} @edge";
        return sql.Dialect == SqlDialect.Sqlite
            ? $"SELECT 1 FROM {authors.From} JOIN post p ON {condition} WHERE {authors.Where} LIMIT 1"
            : $"""
                SELECT 1 FROM {authors.From} CROSS JOIN LATERAL (SELECT p.id FROM post p WHERE {condition} LIMIT 1) h
                WHERE {authors.Where} LIMIT 1
                """;
    }
}
