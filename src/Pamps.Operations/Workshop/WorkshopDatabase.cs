using System.Data.Common;
using System.Globalization;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Operations.Workshop;

/// <summary>
/// The database of the workshop's server, to be read. Its users and posts are as the workshop makes them; follows and likes are exercises
/// there, so their columns have the names that the pupil gave them.
/// </summary>
public sealed class WorkshopDatabase
{
    private const int Page = 500;

    private static readonly string[] From = ["from_id", "from", "from_user_id", "follower_id", "user_id"];
    private static readonly string[] To =
    [
        "to_id",
        "to",
        "to_user_id",
        "following_id",
        "followed_id",
        "follow_id",
    ];
    private static readonly string[] Dates = ["date", "created_at"];

    private readonly IDatabase database;
    private readonly Sql sql;

    internal WorkshopDatabase(IDatabase database, Sql sql) => (this.database, this.sql) = (database, sql);

    /// <summary>Somebody of the workshop's.</summary>
    internal sealed record User(
        long Id,
        string Email,
        string Username,
        string? Avatar,
        string? Bio,
        string PasswordHash
    )
    {
        /// <summary>Leaves the address and the hash out of logs and messages.</summary>
        public override string ToString() => $"{nameof(User)} {Username}";
    }

    /// <summary>A post without its text.</summary>
    internal sealed record PostName(long Id, DateTime Date, long? UserId, long? ParentId);

    /// <summary>That somebody follows somebody, or likes a post; the date is null where none was kept.</summary>
    internal sealed record Pair(long From, long To, DateTime? Date);

    /// <summary>Why it cannot be read; null when it can.</summary>
    internal async Task<Error?> CheckAsync(CancellationToken ct)
    {
        // Pamps' own have these tables, too, and one more.
        return
            await AnswersAsync(
                "SELECT u.id, u.email, u.username, u.avatar, u.bio, u.password FROM \"user\" u LIMIT 1"
            )
            && await AnswersAsync("SELECT p.id, p.text, p.date, p.user_id, p.parent_id FROM post p LIMIT 1")
            && !await AnswersAsync("SELECT a.user_id FROM account a LIMIT 1")
            ? null
            : new Error(
                ErrorKind.Conflict,
                "source_unfit",
                $"The {database.Description} has not the tables of the workshop's server: user (id, email, username, avatar, bio, password) and post (id, text, date, user_id, parent_id)."
            );

        async Task<bool> AnswersAsync(string statement)
        {
            try
            {
                await sql.FirstAsync(statement, _ => true, ct);
                return true;
            }
            catch (DbException)
            {
                return false;
            }
        }
    }

    /// <summary>All users, in the order of their ids.</summary>
    internal IAsyncEnumerable<User> UsersAsync(CancellationToken ct) =>
        PagesAsync(
            "SELECT u.id, u.email, u.username, u.avatar, u.bio, u.password FROM \"user\" u WHERE u.id > @after ORDER BY u.id LIMIT @take",
            row => new User(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetStringOrNull(3),
                row.GetStringOrNull(4),
                row.GetString(5)
            ),
            x => x.Id,
            ct
        );

    /// <summary>All posts, in the order of their ids.</summary>
    internal IAsyncEnumerable<PostName> PostsAsync(CancellationToken ct) =>
        PagesAsync(
            "SELECT p.id, CAST(p.date AS text), p.user_id, p.parent_id FROM post p WHERE p.id > @after ORDER BY p.id LIMIT @take",
            row => new PostName(
                row.GetInt64(0),
                DateOf(row.GetString(1)),
                row.GetInt64OrNull(2),
                row.GetInt64OrNull(3)
            ),
            x => x.Id,
            ct
        );

    /// <summary>The texts of posts, by their ids.</summary>
    /// <param name="ids">The posts; bounded.</param>
    /// <param name="ct">Stops.</param>
    internal async Task<Dictionary<long, string>> TextsAsync(IEnumerable<long> ids, CancellationToken ct) =>
        (
            await sql.ListAsync(
                $"SELECT p.id, p.text FROM post p WHERE {sql.Dialect.IsOneOf("p.id", "ids")}",
                row => (row.GetInt64(0), row.GetString(1)),
                ct,
                sql.Dialect.Ids("ids", ids)
            )
        ).ToDictionary();

    /// <summary>Who follows whom; null where the table has other columns.</summary>
    internal Task<List<Pair>?> FollowsAsync(CancellationToken ct) => PairsAsync(["social"], From, To, ct);

    /// <summary>Who likes which post; null where the table has other columns.</summary>
    internal Task<List<Pair>?> LikesAsync(CancellationToken ct) =>
        PairsAsync(["like", "likes"], ["user_id"], ["post_id"], ct);

    private async Task<List<Pair>?> PairsAsync(
        string[] tables,
        string[] from,
        string[] to,
        CancellationToken ct
    )
    {
        foreach (var table in tables)
        {
            string[]? columns;
            try
            {
                columns = await sql.FirstAsync(
                    $"SELECT * FROM \"{table}\" t LIMIT 1",
                    row => Enumerable.Range(0, row.FieldCount).Select(row.GetName).ToArray(),
                    ct
                );
            }
            catch (DbException)
            {
                // There is no such table.
                continue;
            }
            if (columns is null)
            {
                return [];
            }
            if (
                Array.Find(from, columns.Contains) is not { } who
                || Array.Find(to, columns.Contains) is not { } whom
            )
            {
                return null;
            }
            var date = Array.Find(Dates, columns.Contains) is { } kept
                ? $"CAST(t.\"{kept}\" AS text)"
                : "NULL";
            return await sql.ListAsync(
                $"""
                SELECT t."{who}", t."{whom}", {date} FROM "{table}" t
                WHERE t."{who}" IS NOT NULL AND t."{whom}" IS NOT NULL ORDER BY 1, 2
                """,
                row => new Pair(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.GetStringOrNull(2) is { } text ? DateOf(text) : null
                ),
                ct
            );
        }
        return [];
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string select,
        Func<DbDataReader, T> read,
        Func<T, long> idOf,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var after = long.MinValue; ; )
        {
            var page = await sql.ListAsync(select, read, ct, ("after", after), ("take", Page));
            foreach (var item in page)
            {
                yield return item;
            }
            if (page.Count < Page)
            {
                yield break;
            }
            after = idOf(page[^1]);
        }
    }

    /// <summary>A time as Python's <c>datetime.utcnow</c> gave it, cut to what both databases keep.</summary>
    private static DateTime DateOf(string text)
    {
        var date = DateTime.Parse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        return date.AddTicks(-(date.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
