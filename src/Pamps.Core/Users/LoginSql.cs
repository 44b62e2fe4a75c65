using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>How logins are opened, by people and for programs that they let in, and ended.</summary>
internal static class LoginSql
{
    /// <summary>The most logins of an account; a script may open one each time it runs, and none is closed.</summary>
    private const int Most = 500;

    /// <summary>The statements that open a login, and end those of long ago beyond the most.</summary>
    /// <param name="write">The operation's; the user is locked.</param>
    /// <param name="id">The login's id.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="refreshJti">The <c>jti</c> of its first refresh token; empty for one that has none.</param>
    /// <param name="expiresAt">When it ends by itself, UTC.</param>
    /// <param name="client">The program, in its own words, or null.</param>
    public static IEnumerable<Statement> Open(
        Write write,
        long id,
        long userId,
        string refreshJti,
        DateTime expiresAt,
        string? client
    ) =>
        [
            new(
                """
                INSERT INTO login (id, user_id, refresh_jti, created_at, expires_at, client)
                VALUES (@id, @user_id, @refresh_jti, @created_at, @expires_at, @client)
                """,
                ("id", id),
                ("user_id", userId),
                ("refresh_jti", refreshJti),
                ("created_at", write.Now),
                ("expires_at", expiresAt),
                ("client", client)
            ),
            new(
                """
                DELETE FROM login WHERE id IN (
                    SELECT l.id FROM login l WHERE l.user_id = @user_id AND l.id <> @id
                    ORDER BY COALESCE(l.last_used_at, l.created_at) DESC LIMIT @some OFFSET @others
                )
                """,
                ("user_id", userId),
                ("id", id),
                ("some", Most),
                ("others", Most - 1)
            ),
        ];

    /// <summary>Leaves it to the commit that a login ends, with its tokens and streams.</summary>
    public static void End(Write write, long id, long userId)
    {
        write.Then(new Statement("DELETE FROM login WHERE id = @id", ("id", id)));
        write.Record(new LoginEnded(userId, id));
    }
}
