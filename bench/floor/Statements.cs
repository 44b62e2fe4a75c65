namespace Floor;

/// <summary>The statements of Pamps' hottest reads, for somebody who is not signed in. Both databases take them as they are.</summary>
internal static class Statements
{
    private const string Post =
        "p.id, p.text, p.date, p.user_id, p.parent_id, u.username, u.avatar, p.likes_count, p.replies_count, p.edited_at, p.entities "
        + "FROM post p JOIN \"user\" u ON u.id = p.user_id";

    /// <summary>One more than a page has, as Pamps asks for it to know whether more follow.</summary>
    public const string Home = $"SELECT {Post} WHERE p.parent_id IS NULL ORDER BY p.id DESC LIMIT 21";

    public const string OnePost = $"SELECT {Post} WHERE p.id = @id";

    public const string Replies = $"SELECT {Post} WHERE p.parent_id = @id ORDER BY p.id LIMIT 100";

    public const string Profile = """
        SELECT u.id, u.username, u.avatar, u.bio, u.created_at, u.posts_count, u.followers_count, u.following_count
        FROM "user" u WHERE u.username_key = @key
        """;
}
