using Microsoft.EntityFrameworkCore;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Maintenance;

/// <summary>What was indexed.</summary>
/// <param name="Users">How many users.</param>
/// <param name="Posts">How many posts.</param>
public sealed record IndexSummary(long Users, long Posts);

/// <summary>
/// Reads texts that were written before this version, or by an older copy beside it: their mentions, hashtags and URLs, and
/// the words by which they are found. Nobody is notified: it is old news.
/// </summary>
/// <remarks>
/// Works in small transactions, so that a server may go on serving meanwhile. Stopped, it goes on where it was when it is run
/// again; several at once do no harm.
/// </remarks>
public sealed class IndexTexts
{
    /// <summary>Small enough that no other writer waits for long.</summary>
    private const int Batch = 200;

    private readonly IWriteGate writes;
    private readonly IDatabase database;
    private readonly Sql sql;
    private readonly SearchIndex search;

    internal IndexTexts(IWriteGate writes, IDatabase database, Sql sql, SearchIndex search) =>
        (this.writes, this.database, this.sql, this.search) = (writes, database, sql, search);

    /// <summary>Whether there are posts whose text was never read. Costs nothing when there are none.</summary>
    public Task<bool> IsNeededAsync(CancellationToken cancellationToken) =>
        sql.FirstAsync("SELECT 1 FROM post p WHERE p.entities IS NULL LIMIT 1", _ => true, cancellationToken);

    /// <summary>Indexes every user, and the posts that lack it. Users come first: posts that are left tell of an unfinished run.</summary>
    /// <param name="all">Whether to read every post anew, those too that are indexed.</param>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<IndexSummary> RunAsync(
        bool all,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        new(
            await WalkAsync("users", "\"user\"", "true", ReadUsersAsync, progress, cancellationToken),
            await WalkAsync(
                "posts",
                "post",
                all ? "true" : "entities IS NULL",
                ReadPostsAsync,
                progress,
                cancellationToken
            )
        );

    /// <summary>A batch of rows, whose ids are above the first parameter; answers with the last id and how many there were.</summary>
    private delegate Task<(long Last, int Rows)> ReadBatch(
        PampsDb db,
        string rows,
        long after,
        CancellationToken ct
    );

    private async Task<long> WalkAsync(
        string step,
        string table,
        string which,
        ReadBatch readAsync,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var total = await database.CountAsync(
            $"SELECT count(*) FROM {table} WHERE {which}",
            cancellationToken
        );
        // Holds the rows, so that no edit comes between reading a text and keeping what was found in it. Likes and replies,
        // which only refer to them, need not wait.
        var hold = database.Dialect == SqlDialect.Postgres ? " FOR NO KEY UPDATE" : "";
        var rows = $"SELECT * FROM {table} WHERE {which} AND id > {{0}} ORDER BY id LIMIT {Batch}{hold}";
        var (done, last) = (0L, 0L);
        while (true)
        {
            progress?.Report(new WorkProgress(step, done, Math.Max(done, total)));
            var batch = await writes.RunAsync<(long Last, int Rows)>(
                async (db, ct) => await readAsync(db, rows, last, ct),
                cancellationToken
            );
            if (batch.Value.Rows == 0)
            {
                return done;
            }
            last = batch.Value.Last;
            done += batch.Value.Rows;
        }
    }

    private async Task<(long Last, int Rows)> ReadUsersAsync(
        PampsDb db,
        string rows,
        long after,
        CancellationToken ct
    )
    {
        var users = await db.Users.FromSqlRaw(rows, after).AsNoTracking().ToListAsync(ct);
        foreach (var user in users)
        {
            await search.IndexUserAsync(db, user.Id, user.Username, user.Bio, isNew: false, ct);
        }
        return (users.LastOrDefault()?.Id ?? 0, users.Count);
    }

    private async Task<(long Last, int Rows)> ReadPostsAsync(
        PampsDb db,
        string rows,
        long after,
        CancellationToken ct
    )
    {
        var posts = await db.Posts.FromSqlRaw(rows, after).ToListAsync(ct);
        if (posts.Count == 0)
        {
            return default;
        }
        var found = posts.ConvertAll(x => FindEntities.In(x.Text));
        var named = await PostEntities.FindNamedAsync(db, found.SelectMany(x => x), ct);
        var indexed = posts.ConvertAll(x => x.Id);
        await db.Mentions.Where(x => indexed.Contains(x.PostId)).ExecuteDeleteAsync(ct);
        await db.Hashtags.Where(x => indexed.Contains(x.PostId)).ExecuteDeleteAsync(ct);
        for (var i = 0; i < posts.Count; i++)
        {
            var entities = PostEntities.Of(found[i], named);
            posts[i].Entities = entities.Json;
            entities.AddTo(db, posts[i].Id);
        }
        await db.SaveChangesAsync(ct);
        foreach (var (post, entities) in posts.Zip(found))
        {
            var words = IndexedWords.OfPost(post.Text, post.UserId, entities);
            await search.ReplacePostAsync(db, post.Id, words, ct);
        }
        return (posts[^1].Id, posts.Count);
    }
}
