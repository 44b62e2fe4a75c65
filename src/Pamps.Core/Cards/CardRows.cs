using Pamps.Core.Databases;

namespace Pamps.Core.Cards;

/// <summary>
/// The rows of cards. One is made with the first post that links to its page; however many do at once, the unique address lets one
/// row be, and so the page is asked once.
/// </summary>
internal static class CardRows
{
    /// <summary>The subquery for what is shown of the page of the parameter <c>card</c>; null where nothing is.</summary>
    public const string ContentOfParameter = "(SELECT ca.content FROM card ca WHERE ca.url = @card)";

    /// <summary>The subquery for the id of that card; null where there is none.</summary>
    public const string IdOfParameter = "(SELECT ca.id FROM card ca WHERE ca.url = @card)";

    /// <summary>The subquery for what the post <c>p</c> shows of the page that it links to.</summary>
    public const string ContentOfPost = "(SELECT ca.content FROM card ca WHERE ca.id = p.card_id)";

    /// <summary>The condition that some post links to the page of the card <c>ca</c>.</summary>
    public const string IsLinked = "EXISTS (SELECT 1 FROM post p WHERE p.card_id = ca.id)";

    /// <summary>The posts with the card of the parameter <c>card_id</c> that came since the parameter <c>first</c>, the newest.</summary>
    public static readonly string NewPosts = $"""
        FROM post p WHERE p.card_id = @card_id AND p.id > @first AND p.visibility <= {(int)
            Visibility.Unlisted} ORDER BY p.id DESC LIMIT 20
        """;

    /// <summary>
    /// The statement by which there is a card of that page, whose row stays until the commit, and which is asked for where nobody has
    /// asked, or not for long.
    /// </summary>
    public static Statement Want(long id, string url, DateTime now) =>
        new(
            """
            INSERT INTO card AS ca (id, url, wanted_at, due_at) VALUES (@id, @card, @now, @now)
            ON CONFLICT (url) DO UPDATE SET wanted_at = excluded.wanted_at
            WHERE ca.wanted_at IS NULL AND ca.due_at <= excluded.due_at
            """,
            ("id", id),
            ("card", url),
            ("now", now)
        );
}
