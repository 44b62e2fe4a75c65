using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Reads;
using Pamps.Core.Text;

namespace Pamps.Core.Posts;

/// <summary>Hashtags: the posts that carry one, and which ones begin with what somebody types.</summary>
public sealed class ReadTag
{
    /// <summary>The most tags that a completion offers.</summary>
    public const int MaxCompletions = 10;

    /// <summary>Sorts behind every character that a tag can have.</summary>
    private const string BehindAll = "\U0010FFFF";

    private readonly Sql sql;
    private readonly FilterPosts filters;

    internal ReadTag(ReplicaSql sql, FilterPosts filters) => (this.sql, this.filters) = (sql, filters);

    /// <summary>The posts that carry a tag, replies among them, newest first. Empty for what nobody used, or is no tag.</summary>
    /// <param name="viewer">Who looks; null when nobody is signed in.</param>
    /// <param name="name">The tag, as <see cref="TagName.Normalize"/> takes it.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Page<PostView>> PostsAsync(
        Viewer? viewer,
        string name,
        PageRequest page,
        CancellationToken ct
    ) =>
        TagName.Normalize(name) is { } tag
            ? await filters.PageAsync(
                viewer,
                FilterPlaces.Public,
                await PostSql
                    .Tagged(viewer)
                    .ReadAsync(sql, page, ListOrder.Newest, ct, [.. PostSql.Parameters(viewer), ("of", tag)]),
                ct
            )
            : new Page<PostView>([], Next: null, Previous: null);

    /// <summary>
    /// The first <see cref="MaxCompletions"/> tags, by code point, that begin so and that somebody put into a public post. Goes
    /// from tag to tag along the index: how many such posts carry them does not matter.
    /// </summary>
    /// <param name="prefix">As <see cref="TagName.NormalizePrefix"/> takes it.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<string>> CompleteAsync(string prefix, CancellationToken ct) =>
        TagName.NormalizePrefix(prefix) is { } start
            ? await sql.ListAsync(
                $"""
                WITH RECURSIVE found (tag, place) AS (
                    SELECT ({First("h.tag >= @start")}), 1
                    UNION ALL
                    SELECT ({First("h.tag > f.tag")}), f.place + 1
                    FROM found f WHERE f.tag IS NOT NULL AND f.place < @take
                )
                SELECT f.tag FROM found f WHERE f.tag IS NOT NULL ORDER BY f.place
                """,
                row => row.GetString(0),
                ct,
                ("start", start),
                ("end", start + BehindAll),
                ("take", MaxCompletions)
            )
            : [];

    /// <summary>A query for the first tag of a public post, before the end, that meets a condition.</summary>
    private static string First(string condition) =>
        $"""
            SELECT h.tag FROM hashtag h JOIN post p ON p.id = h.post_id JOIN "user" u ON u.id = p.user_id
            WHERE {condition} AND h.tag < @end AND {PostSql.IsFound(
                viewer: null
            )} AND {PostSql.Heard(viewer: null)} ORDER BY h.tag LIMIT 1
            """;
}
