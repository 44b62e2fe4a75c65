namespace Floor;

/// <summary>The statements of Pamps' hottest reads, for somebody who is not signed in. Both databases take them as they are.</summary>
internal static class Statements
{
    private const string Post =
        "p.id, p.text, p.date, p.user_id, p.parent_id, u.username, u.avatar, p.likes_count, p.replies_count, p.edited_at, p.entities, "
        + "p.visibility, NULL, NULL, p.media, u.display_name, p.pinned, (SELECT ca.content FROM card ca WHERE ca.id = p.card_id), "
        + "(p.sensitive OR p.covered_by IS NOT NULL), false "
        + "FROM post p JOIN \"user\" u ON u.id = p.user_id";

    /// <summary>What strangers see in lists: posts for all, of nobody whom moderators have silenced.</summary>
    private const string Listed = "p.visibility <= 1 AND (u.silenced_at IS NULL OR p.id < 0)";

    /// <summary>One more than a page has, as Pamps asks for it to know whether more follow.</summary>
    public const string Home =
        $"SELECT {Post} WHERE p.parent_id IS NULL AND p.visibility = 0 AND {Listed} ORDER BY p.id DESC LIMIT 21";

    public const string OnePost = $"SELECT {Post} WHERE p.id = @id AND p.visibility <= 1";

    public const string Replies =
        $"SELECT {Post} WHERE p.parent_id = @id AND {Listed} ORDER BY p.id LIMIT 100";

    public const string Profile = """
        SELECT u.id, u.username, u.avatar, u.bio, u.display_name, u.created_at, u.posts_count, u.followers_count, u.following_count,
            u.locked, u.fields
        FROM "user" u LEFT JOIN media h ON h.user_id = u.id AND h.profile = 2
        WHERE u.username_key = @key AND u.host = '' AND u.deleted_at IS NULL AND u.erase_at IS NULL
        """;
}
