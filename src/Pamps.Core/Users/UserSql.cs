using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>How users are found inside a write.</summary>
internal static class UserSql
{
    /// <summary>The users <c>u</c> that have accounts <c>a</c>, to stand after FROM.</summary>
    public const string WithAccount = "\"user\" u JOIN account a ON a.user_id = u.id";

    /// <summary>
    /// The two columns that <see cref="ReadRole"/> reads, of the account <c>a</c>, which may be missing: then it is that of an ordinary user.
    /// </summary>
    public const string RoleOf = "COALESCE(a.superuser, false), COALESCE(a.role, CAST(0 AS smallint))";

    public static Role ReadRole(System.Data.Common.DbDataReader row, int first) =>
        Roles.Of(row.GetBoolean(first), row.GetInt16(first + 1));

    /// <summary>The condition that the user <c>u</c> is of this server; a bare name means such a one.</summary>
    public const string IsLocal = "u.host = ''";

    /// <summary>The condition that the user <c>u</c> is not suspended.</summary>
    public const string IsActive = "u.suspended_at IS NULL";

    /// <summary>The condition that the user <c>u</c> has not left; of who has, the name stays a while.</summary>
    public const string IsHere = "u.deleted_at IS NULL";

    /// <summary>The condition that others find the user <c>u</c>: who is suspended is as if they had left, until they are restored.</summary>
    public const string IsSeen = $"{IsHere} AND u.erase_at IS NULL";

    /// <summary>
    /// The condition that the user <c>u</c> has registered and waits to be approved. Until then they are kept as somebody who is
    /// suspended, whom all reads leave out already; a row of <c>registration</c> tells the two apart.
    /// </summary>
    public const string Waits =
        "u.suspended_at IS NOT NULL AND EXISTS (SELECT 1 FROM registration g WHERE g.user_id = u.id)";

    /// <summary>The condition that the user of that id is not suspended so.</summary>
    /// <remarks>
    /// No join: PostgreSQL would walk all users beside a list. It takes what is said so to hold for nearly all rows, as it does.
    /// </remarks>
    public static string IsSeenById(string id) =>
        $"(SELECT 1 FROM \"user\" s WHERE s.id = {id} AND s.erase_at IS NULL) IS NOT NULL";

    /// <summary>The condition that the user <c>u</c> has the name of that key.</summary>
    /// <param name="key">An expression; trusted.</param>
    public static string HasName(string key) => $"u.username_key = {key} AND {IsLocal}";

    /// <summary>The statement that takes the name of that key from who has left, if it is theirs.</summary>
    public static Statement TakeName(string key) =>
        new(
            $"""
            UPDATE "user" AS u SET username = '#' || CAST(u.id AS text), username_key = '#' || CAST(u.id AS text)
            WHERE {HasName("@key")} AND u.deleted_at IS NOT NULL
            """,
            ("key", key)
        );

    /// <summary>
    /// The condition by which an id or a name finds a user <c>u</c>, and the value of its parameter <c>whom</c>. A name begins
    /// with a letter, so what is all digits is an id.
    /// </summary>
    public static (string Condition, object Value) Named(string idOrName) =>
        long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? ("u.id = @whom", id)
            : (HasName("@whom"), Names.Key(idOrName));

    /// <summary>
    /// The id of the user of that id or name who is there for who writes; null when there is none. With one who is suspended, too, one
    /// can have no more to do.
    /// </summary>
    private static Task<long?> FindAsync(Write write, string idOrName)
    {
        var (isWhom, value) = Named(idOrName);
        return write.FirstAsync(
            new Statement(
                $"SELECT u.id FROM \"user\" u WHERE {isWhom} AND {IsHere} AND {BlockSql.NotBy("u.id", "@viewer")}",
                ("whom", value),
                ("viewer", write.Viewer.Id)
            ),
            row => (long?)row.GetInt64(0)
        );
    }

    /// <summary>Takes away, at once, the row by which the viewer has something to do with a user.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="table">A table of pairs, "from" and "to"; trusted.</param>
    /// <param name="idOrName">The user.</param>
    /// <returns>The user, and whether there was such a row; null when there is no such user for the viewer.</returns>
    public static async Task<(long Id, bool HasEnded)?> EndAsync(Write write, string table, string idOrName)
    {
        if (await FindAsync(write, idOrName) is not { } id)
        {
            return null;
        }
        var ended = await write.ExecuteAsync(
            new Statement(
                $"DELETE FROM {table} WHERE \"from\" = @from AND \"to\" = @to",
                ("from", write.Viewer.Id),
                ("to", id)
            )
        );
        return (id, ended == 1);
    }

    /// <summary>
    /// Locks the viewer and a user before the first look, for who changes what is between the two: always in the same order, so
    /// that nobody waits in a circle.
    /// </summary>
    /// <param name="write">The operation's.</param>
    /// <param name="idOrName">The user; that there is none is found by the look.</param>
    public static void LockBoth(Write write, string idOrName)
    {
        var (isWhom, value) = Named(idOrName);
        write.Before(
            write.Dialect.Lock(
                $"""
                SELECT u.id FROM "user" u WHERE u.id = @viewer OR {isWhom}
                ORDER BY u.id{write.Dialect.ForNoKeyUpdate("u")}
                """,
                ("viewer", write.Viewer.Id),
                ("whom", value)
            )
        );
    }

    /// <summary>The active users that have these names, less those who block the viewer or are blocked.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="viewerId">Who names them.</param>
    /// <param name="keys">The names' keys, each once; bounded.</param>
    public static Task<List<(long Id, string Username)>> FindNamedAsync(
        Write write,
        long viewerId,
        IReadOnlyList<string> keys
    ) =>
        write.ListAsync(
            new Statement(
                $"""
                SELECT u.id, u.username FROM "user" u
                WHERE {IsActive} AND {IsNamed(keys)} AND {BlockSql.NoneBetween("@viewer", "u.id")}
                """,
                [.. Values(keys), ("viewer", viewerId)]
            ),
            row => (row.GetInt64(0), row.GetString(1))
        );

    /// <summary>The ids of the users that have these names, whether active or not, by the names' keys.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="keys">The names' keys, each once; bounded.</param>
    public static async Task<Dictionary<string, long>> FindIdsAsync(
        Write write,
        IReadOnlyList<string> keys
    ) =>
        keys.Count == 0
            ? []
            : (
                await write.ListAsync(
                    new Statement(
                        $"SELECT u.username_key, u.id FROM \"user\" u WHERE {IsNamed(keys)} AND {IsHere}",
                        Values(keys)
                    ),
                    row => (Key: row.GetString(0), Id: row.GetInt64(1))
                )
            ).ToDictionary(x => x.Key, x => x.Id);

    /// <summary>Whether there is a user of that id, who then cannot leave before the commit.</summary>
    public static Task<bool> ExistsAsync(Write write, long id) =>
        write.FirstAsync(
            new Statement(
                $"SELECT 1 FROM \"user\" u WHERE u.id = @id AND {IsHere}{write.Dialect.ForKeyShare("u")}",
                ("id", id)
            ),
            _ => true
        );

    /// <summary>Likewise whether that user may write: is neither suspended nor about to go.</summary>
    public static Task<bool> IsActiveAsync(Write write, long id) =>
        write.FirstAsync(
            new Statement(
                $"SELECT 1 FROM \"user\" u WHERE u.id = @id AND {IsSeen} AND {IsActive}{write.Dialect.ForKeyShare("u")}",
                ("id", id)
            ),
            _ => true
        );

    private static string IsNamed(IReadOnlyList<string> keys) =>
        $"u.username_key IN ({string.Join(", ", keys.Select((_, i) => $"@name{i}"))}) AND {IsLocal}";

    private static (string, object?)[] Values(IReadOnlyList<string> keys) =>
        [.. keys.Select((x, i) => ($"name{i}", (object?)x))];
}
