using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Streaming;

/// <summary>
/// Finds who is to be told of events: of posts the author and their followers, or to whom a direct post is addressed, less those
/// who have muted the author; else the person told. It is the rule of <see cref="PostSql"/> for whom a post comes by itself.
/// </summary>
/// <remarks>
/// A celebrity's followers are not read when few listen, nor are all listeners asked for when a post has five
/// followers: each author costs the smaller of the two.
/// </remarks>
internal sealed class Audience(Sql sql)
{
    /// <summary>How many rows one statement looks up, so that none takes long.</summary>
    private const int Chunk = 20_000;

    /// <summary>By author, the users to tell of events of posts. Some of them may not be listening.</summary>
    public async Task<Dictionary<long, HashSet<long>>> FindAsync(
        IReadOnlyCollection<EventRow> events,
        HashSet<long> listening,
        CancellationToken ct
    )
    {
        var authors = events.Where(x => IsOfPost(x.Kind)).Select(x => x.UserId).ToHashSet();
        var followers = authors.ToDictionary(x => x, x => new HashSet<long> { x });
        if (authors.Count == 0)
        {
            return followers;
        }
        var counted = await CountAsync(authors, ct);
        var few = counted.Where(x => x.Followers <= listening.Count).ToList();
        while (few.Count > 0)
        {
            var (rows, take) = (0L, 0);
            while (take < few.Count && (take == 0 || rows + few[take].Followers <= Chunk))
            {
                rows += few[take++].Followers;
            }
            Add(followers, await FollowersAsync(few.Take(take).Select(x => x.Id), ct));
            few.RemoveRange(0, take);
        }

        var many = counted.Where(x => x.Followers > listening.Count).Select(x => x.Id).ToList();
        if (many.Count > 0)
        {
            foreach (var some in listening.Chunk(Math.Max(1, Chunk / many.Count)))
            {
                Add(followers, await WhoFollowsAsync(some, many, ct));
            }
        }
        return followers;
    }

    /// <summary>By author, which of the listening do not want to hear of them: they have muted them, or one blocks the other.</summary>
    public async Task<Dictionary<long, HashSet<long>>> FindDeafAsync(
        IReadOnlyCollection<EventRow> events,
        HashSet<long> listening,
        CancellationToken ct
    )
    {
        var deaf = events
            .Where(x => IsOfPost(x.Kind))
            .Select(x => x.UserId)
            .Distinct()
            .ToDictionary(x => x, _ => new HashSet<long>());
        if (deaf.Count > 0)
        {
            Add(deaf, await DeafAsync(listening, deaf.Keys, ct));
        }
        return deaf;
    }

    /// <summary>Who is to be told of an event.</summary>
    public static HashSet<long> Of(
        EventRow row,
        Dictionary<long, HashSet<long>> followers,
        Dictionary<long, HashSet<long>> deaf
    ) =>
        !IsOfPost(row.Kind)
            ? [row.UserId]
            : [.. (row.Audience ?? followers[row.UserId]).Where(x => !deaf[row.UserId].Contains(x))];

    private static bool IsOfPost(EventKind kind) => kind <= EventKind.Delete;

    private static void Add(
        Dictionary<long, HashSet<long>> followers,
        List<(long Author, long Follower)> found
    )
    {
        foreach (var (author, follower) in found)
        {
            followers[author].Add(follower);
        }
    }

    private Task<List<(long Id, long Followers)>> CountAsync(
        IReadOnlyCollection<long> authors,
        CancellationToken ct
    ) =>
        sql.ListAsync(
            $"SELECT u.id, u.followers_count FROM \"user\" u WHERE {sql.Dialect.IsOneOf("u.id", "authors")}",
            row => (row.GetInt64(0), row.GetInt64(1)),
            ct,
            sql.Dialect.Ids("authors", authors)
        );

    private Task<List<(long, long)>> FollowersAsync(IEnumerable<long> authors, CancellationToken ct) =>
        sql.ListAsync(
            $"""
            SELECT s."to", s."from" FROM social s WHERE {sql.Dialect.IsOneOf("s.\"to\"", "authors")}
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            ct,
            sql.Dialect.Ids("authors", authors)
        );

    /// <summary>
    /// Asked as a value of each pair: a join could be planned from the authors' side, where all the followers are.
    /// </summary>
    private Task<List<(long, long)>> WhoFollowsAsync(
        IEnumerable<long> listening,
        IEnumerable<long> authors,
        CancellationToken ct
    ) =>
        sql.ListAsync(
            $"""
            SELECT a.value, l.value
            FROM {sql.Dialect.RowsOf("authors")} a CROSS JOIN {sql.Dialect.RowsOf("listening")} l
            WHERE (SELECT 1 FROM social s WHERE s."from" = l.value AND s."to" = a.value) = 1
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            ct,
            sql.Dialect.Ids("listening", listening),
            sql.Dialect.Ids("authors", authors)
        );

    private Task<List<(long, long)>> DeafAsync(
        IEnumerable<long> listening,
        IEnumerable<long> authors,
        CancellationToken ct
    ) =>
        sql.ListAsync(
            $"""
            SELECT m."to", m."from" FROM mute m
            WHERE {sql.Dialect.IsOneOf("m.\"to\"", "authors")} AND {sql.Dialect.IsOneOf(
                "m.\"from\"",
                "listening"
            )} AND {MuteSql.Stands}
            UNION ALL
            SELECT b."to", b."from" FROM block b
            WHERE {sql.Dialect.IsOneOf("b.\"to\"", "authors")} AND {sql.Dialect.IsOneOf(
                "b.\"from\"",
                "listening"
            )}
            UNION ALL
            SELECT b."from", b."to" FROM block b
            WHERE {sql.Dialect.IsOneOf("b.\"from\"", "authors")} AND {sql.Dialect.IsOneOf(
                "b.\"to\"",
                "listening"
            )}
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            ct,
            sql.Dialect.Ids("listening", listening),
            sql.Dialect.Ids("authors", authors)
        );
}
