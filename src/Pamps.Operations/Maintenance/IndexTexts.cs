using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
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
/// Reads texts that were written before this version, or by an older instance beside it: their mentions, hashtags and URLs, and
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

    /// <summary>Has a server do it, while it serves.</summary>
    public static Job Job { get; } = new("index_texts", Key: "");

    private readonly Writer writer;
    private readonly IDatabase database;
    private readonly Sql sql;

    internal IndexTexts(Writer writer, IDatabase database, Sql sql) =>
        (this.writer, this.database, this.sql) = (writer, database, sql);

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
            await WalkAsync(
                "users",
                new("\"user\"", "x.id, x.username, x.display_name, x.bio", "true", ReadUsersAsync),
                progress,
                cancellationToken
            ),
            await WalkAsync(
                "posts",
                new(
                    "post",
                    "x.id, x.text, x.user_id, x.visibility",
                    all ? "true" : "x.entities IS NULL",
                    ReadPostsAsync
                ),
                progress,
                cancellationToken
            )
        );

    /// <summary>Rows to be read, and how a batch of them is; that answers with the last id and how many there were.</summary>
    private sealed record Texts(
        string Table,
        string Columns,
        string Which,
        Func<Write, Statement, Task<(long Last, int Rows)>> ReadAsync
    );

    private async Task<long> WalkAsync(
        string step,
        Texts texts,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var total = await database.CountAsync(
            $"SELECT count(*) FROM {texts.Table} x WHERE {texts.Which}",
            cancellationToken
        );
        // Held, so that no edit comes between reading a text and keeping what was found in it. Likes and replies,
        // which only refer to the rows, need not wait.
        var rows = $"""
            SELECT {texts.Columns} FROM {texts.Table} x WHERE {texts.Which} AND x.id > @after
            ORDER BY x.id LIMIT {Batch}{database.Dialect.ForNoKeyUpdate("x")}
            """;
        var (done, last) = (0L, 0L);
        while (true)
        {
            progress?.Report(new WorkProgress(step, done, Math.Max(done, total)));
            var batch = await writer.RunAsync<(long Last, int Rows)>(
                viewer: null,
                async write => await texts.ReadAsync(write, new Statement(rows, ("after", last))),
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

    private static async Task<(long Last, int Rows)> ReadUsersAsync(Write write, Statement rows)
    {
        var users = await write.ListAsync(rows, row =>
            (
                Id: row.GetInt64(0),
                Words: IndexedWords.OfUser(row.GetString(1), row.GetStringOrNull(2), row.GetStringOrNull(3))
            )
        );
        write.Then(users.Select(x => SearchWords.OfUser(write.Dialect, x.Id, x.Words, isNew: false)));
        return (users.Count > 0 ? users[^1].Id : 0, users.Count);
    }

    private static async Task<(long Last, int Rows)> ReadPostsAsync(Write write, Statement rows)
    {
        var posts = await write.ListAsync(rows, row =>
            (
                Id: row.GetInt64(0),
                Text: row.GetString(1),
                UserId: row.GetInt64(2),
                Visibility: (Visibility)row.GetInt16(3)
            )
        );
        if (posts.Count == 0)
        {
            return default;
        }
        var found = posts.ConvertAll(x => FindEntities.In(x.Text));
        var named = await PostEntities.FindNamedAsync(write, authorId: 0, found.SelectMany(x => x));
        foreach (var (post, texts) in posts.Zip(found))
        {
            var entities = PostEntities.Of(texts, named);
            write.Then(PostEntities.WithoutRows(post.Id));
            write.Then(entities.NewRows(post.Id));
            write.Then(
                new Statement(
                    "UPDATE post SET entities = @entities WHERE id = @id",
                    ("entities", entities.Json),
                    ("id", post.Id)
                ),
                SearchWords.OfPost(
                    write.Dialect,
                    post.Id,
                    PostSql.WordsFor(post.Visibility, IndexedWords.OfPost(post.Text, post.UserId, texts)),
                    isNew: false
                )
            );
        }
        return (posts[^1].Id, posts.Count);
    }
}
