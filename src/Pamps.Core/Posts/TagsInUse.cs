using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Posts;

/// <summary>
/// The hashtags that most people have used lately, as everybody may know them. What was found is kept for some minutes: a read mostly
/// asks no database (docs/decisions/0020-hashtags-in-use-are-kept-in-memory.md).
/// </summary>
public sealed class TagsInUse : IDisposable
{
    /// <summary>The most tags that there are.</summary>
    public const int Most = 20;

    /// <summary>
    /// How many of the newest uses of tags are looked through, however many there are and whether they count or not: more than one
    /// account can make at once, which are 300 posts of 30.
    /// </summary>
    internal const int Window = 10_000;

    /// <summary>Of how many people a tag is before it is told of: what one person writes is not to stand beside every page.</summary>
    private const int FewestPeople = 2;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly Sql sql;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim looking = new(1);
    private volatile Found? found;

    internal TagsInUse(ReplicaSql sql, TimeProvider time) => (this.sql, this.time) = (sql, time);

    /// <summary>
    /// The tags of two people or more, those of most people first, and of as many the latest. Only uses in posts for everybody count, of people whom
    /// strangers are told of. While one caller looks anew, the others are told what was found before.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken ct)
    {
        if (IsFresh(found))
        {
            return found!.Tags;
        }
        if (!await looking.WaitAsync(0, ct))
        {
            if (found is { } known)
            {
                return known.Tags;
            }
            await looking.WaitAsync(ct);
        }
        try
        {
            if (!IsFresh(found))
            {
                found = new Found(await LookAsync(ct), time.GetUtcNow());
            }
            return found!.Tags;
        }
        finally
        {
            looking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => looking.Dispose();

    private bool IsFresh(Found? what) => what is not null && time.GetUtcNow() - what.At < Fresh;

    private Task<List<string>> LookAsync(CancellationToken ct) =>
        sql.ListAsync(
            $"""
            WITH used AS (SELECT h.tag, h.post_id FROM hashtag h ORDER BY h.post_id DESC LIMIT @window)
            SELECT x.tag FROM used x JOIN post p ON p.id = x.post_id JOIN "user" u ON u.id = p.user_id
            WHERE {PostSql.IsFound(viewer: null)} AND {PostSql.Heard(viewer: null)}
            GROUP BY x.tag HAVING count(DISTINCT p.user_id) >= @fewest
            ORDER BY count(DISTINCT p.user_id) DESC, max(x.post_id) DESC LIMIT @take
            """,
            row => row.GetString(0),
            ct,
            ("window", Window),
            ("fewest", FewestPeople),
            ("take", Most)
        );

    private sealed record Found(IReadOnlyList<string> Tags, DateTimeOffset At);
}
