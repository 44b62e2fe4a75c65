using Pamps.Core.Posts;
using Pamps.Core.Reads;

namespace Pamps.Core.Timelines;

/// <summary>
/// The home timeline: posts of everyone the viewer follows, newest first, gathered when it is read. The two
/// databases need two statements; they stand side by side here, and differ in how they find the page's ids.
/// </summary>
public sealed class ReadTimeline
{
    private readonly Sql sql;

    internal ReadTimeline(Sql sql) => this.sql = sql;

    /// <summary>A page of the viewer's timeline.</summary>
    public async Task<Page<PostView>> RunAsync(Viewer viewer, PageRequest request, CancellationToken ct)
    {
        var pager = new Pager(request, ListOrder.Newest);
        var posts = await sql.ListAsync(
            $"""
            SELECT p.id, {PostRows.Columns(viewer)}
            FROM ({PageOfIds(pager)}) t JOIN post p ON p.id = t.id JOIN "user" u ON u.id = p.user_id
            ORDER BY p.id {pager.Direction}
            """,
            row => new Keyed<PostView>(row.GetInt64(0), PostRows.Read(row)),
            ct,
            [.. PostRows.Parameters(viewer), .. pager.Parameters]
        );
        return await pager.PageAsync(
            posts,
            edge => sql.FirstAsync(Behind(pager), _ => true, ct, ("viewer", viewer.Id), ("edge", edge))
        );
    }

    private string PageOfIds(Pager pager) =>
        sql.Dialect == SqlDialect.Sqlite
            // SQLite walks each followed user's newest posts by index and stops as soon as they are too old.
            ? $"""
                SELECT p.id FROM social s JOIN post p ON p.user_id = s."to"
                WHERE s."from" = @viewer{pager.Condition("p.id")}
                ORDER BY p.id {pager.Direction} LIMIT @take
                """
            // PostgreSQL would walk all posts for that, which takes seconds when the followed have been silent. So it
            // takes each one's newest id first, and reads posts of those authors only who can be on the page.
            : $"""
                SELECT p.id
                FROM (
                    SELECT s."to" AS user_id, h.id
                    FROM social s
                    CROSS JOIN LATERAL (
                        SELECT p.id FROM post p WHERE p.user_id = s."to"{pager.Condition("p.id")}
                        ORDER BY p.id {pager.Direction} LIMIT 1
                    ) h
                    WHERE s."from" = @viewer
                    ORDER BY h.id {pager.Direction} LIMIT @take
                ) a
                CROSS JOIN LATERAL (
                    SELECT p.id FROM post p WHERE p.user_id = a.user_id{pager.Condition("p.id")}
                    ORDER BY p.id {pager.Direction} LIMIT @take
                ) p
                ORDER BY p.id {pager.Direction} LIMIT @take
                """;

    private string Behind(Pager pager)
    {
        var condition = $"p.user_id = s.\"to\" AND p.id {(pager.IsDescending ? ">" : "<")} @edge";
        return sql.Dialect == SqlDialect.Sqlite
            ? $"SELECT 1 FROM social s JOIN post p ON {condition} WHERE s.\"from\" = @viewer LIMIT 1"
            : $"""
                SELECT 1 FROM social s CROSS JOIN LATERAL (SELECT p.id FROM post p WHERE {condition} LIMIT 1) h
                WHERE s."from" = @viewer LIMIT 1
                """;
    }
}
