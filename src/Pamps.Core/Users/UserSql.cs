using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>How users are found inside a write.</summary>
internal static class UserSql
{
    /// <summary>
    /// The column, and its value, by which an id or a name finds a user of the alias <c>u</c>. A name begins with a letter, so
    /// what is all digits is an id.
    /// </summary>
    public static (string Column, object Value) Named(string idOrName) =>
        long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? ("u.id", id)
            : ("u.username_key", Names.Key(idOrName));

    /// <summary>The id of the user of that id or name who is there for who writes; null when there is none.</summary>
    private static Task<long?> FindAsync(Write write, string idOrName)
    {
        var (column, value) = Named(idOrName);
        return write.FirstAsync(
            new Statement(
                $"SELECT u.id FROM \"user\" u WHERE {column} = @whom AND {FindUser.IsThere(write.Viewer)}",
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
        var (column, value) = Named(idOrName);
        write.Before(
            write.Dialect.Lock(
                $"""
                SELECT u.id FROM "user" u WHERE u.id = @viewer OR {column} = @whom
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
                WHERE u.active AND {IsNamed(keys)} AND {BlockSql.NoneBetween("@viewer", "u.id")}
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
                        $"SELECT u.username_key, u.id FROM \"user\" u WHERE {IsNamed(keys)}",
                        Values(keys)
                    ),
                    row => (Key: row.GetString(0), Id: row.GetInt64(1))
                )
            ).ToDictionary(x => x.Key, x => x.Id);

    /// <summary>Whether there is a user of that id.</summary>
    public static Task<bool> ExistsAsync(Write write, long id) =>
        write.FirstAsync(new Statement("SELECT 1 FROM \"user\" u WHERE u.id = @id", ("id", id)), _ => true);

    private static string IsNamed(IReadOnlyList<string> keys) =>
        $"u.username_key IN ({string.Join(", ", keys.Select((_, i) => $"@name{i}"))})";

    private static (string, object?)[] Values(IReadOnlyList<string> keys) =>
        [.. keys.Select((x, i) => ($"name{i}", (object?)x))];
}
