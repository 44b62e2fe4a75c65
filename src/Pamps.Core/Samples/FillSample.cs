using System.Globalization;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Core.Users;

namespace Pamps.Core.Samples;

/// <summary>
/// Fills an empty database with a believable community, for demonstrations, tests and measurements. Everybody in
/// it signs in with the password <see cref="Password"/>.
/// </summary>
/// <remarks>
/// The same size and seed give the same rows again, down to ids and dates, whatever the day. The one exception is
/// the password's hash: all users share one, and its salt is random. A fill that is stopped leaves the rows it had
/// put in, and their counters count rows that never came: such a database is made anew.
/// </remarks>
public sealed class FillSample
{
    /// <summary>The password of every user of a sample.</summary>
    public const string Password = "pamps-sample";

    /// <summary>Few enough that progress moves and a stop is quick, many enough that a commit costs little.</summary>
    private const int Chunk = 50_000;

    private readonly IDatabase database;
    private readonly Sql sql;
    private readonly IPasswords passwords;
    private readonly int maxLength;

    internal FillSample(IDatabase database, Sql sql, IPasswords passwords, PampsOptions options) =>
        (this.database, this.sql, this.passwords, maxLength) = (
            database,
            sql,
            passwords,
            options.Posts.MaxLength
        );

    /// <summary>Fills the database. Refused when it holds any user, and when the size is out of range.</summary>
    /// <param name="size">How large, and which one of that size.</param>
    /// <param name="progress">Told every 50,000 rows.</param>
    /// <param name="ct">Stops; what was put in until then stays.</param>
    public async Task<Result<SampleSummary>> RunAsync(
        SampleSize size,
        IProgress<SampleProgress>? progress,
        CancellationToken ct
    )
    {
        if (Check(size) is { } outOfRange)
        {
            return outOfRange;
        }
        if (await sql.FirstAsync("SELECT id FROM \"user\" LIMIT 1", row => row.GetInt64(0), ct) != 0)
        {
            return new Error(
                ErrorKind.Conflict,
                "database_not_empty",
                "A sample fills an empty database only, and this one has users already."
            );
        }

        var password = await passwords.HashAsync(Password, ct);
        // What follows computes for long: the caller's thread, which may be a screen's, stays free.
        return await Task.Run(() => FillAsync(size, password, progress, ct), ct);
    }

    private async Task<SampleSummary> FillAsync(
        SampleSize size,
        string password,
        IProgress<SampleProgress>? progress,
        CancellationToken ct
    )
    {
        var graph = new SampleGraph(size);
        var posts = new SamplePosts(size, graph);
        graph.Count(ct);
        posts.Count(done => progress?.Report(new SampleProgress("plan", done, size.Posts)), ct);
        var rows = new SampleRows(size, graph, posts, maxLength);

        await StepAsync("users", rows.Users(password), size.Users, InsertUsersAsync);
        await StepAsync(
            "follows",
            rows.Follows(),
            graph.Total,
            x => Insert("social", SampleRows.FollowColumns, x)
        );
        await StepAsync("posts", rows.Posts(), size.Posts, InsertPostsAsync);
        await StepAsync(
            "likes",
            rows.Likes(),
            posts.TotalLikes,
            x => Insert("like", SampleRows.LikeColumns, x)
        );
        await AnalyzeAsync(ct);
        return new SampleSummary(size.Users, size.Posts, posts.TotalReplies, posts.TotalLikes, graph.Total);

        async Task StepAsync<T>(string step, IEnumerable<T> all, long total, Func<T[], Task> insertAsync)
        {
            var done = 0L;
            progress?.Report(new SampleProgress(step, done, total));
            foreach (var chunk in all.Chunk(Chunk))
            {
                await insertAsync(chunk);
                done += chunk.Length;
                progress?.Report(new SampleProgress(step, done, total));
            }
        }

        async Task InsertUsersAsync(SampleUser[] users)
        {
            await Insert("user", SampleRows.UserColumns, users.Select(x => x.Row));
            await InsertWords(
                "user_search",
                users.Select(x => (x.Id, IndexedWords.OfUser(x.Username, x.Bio)))
            );
        }

        async Task InsertPostsAsync(SamplePost[] posts)
        {
            await Insert("post", SampleRows.PostColumns, posts.Select(x => x.Row));
            await Insert("mention", SampleRows.MentionColumns, posts.SelectMany(SampleRows.Mentions));
            await Insert("hashtag", SampleRows.HashtagColumns, posts.SelectMany(SampleRows.Hashtags));
            await InsertWords(
                "post_search",
                posts.Select(x => (x.Id, IndexedWords.OfPost(x.Text, x.UserId)))
            );
        }

        Task InsertWords(string table, IEnumerable<(long Id, IndexedWords Words)> all) =>
            Insert(
                table,
                IndexedWords.Columns(database.Dialect),
                all.Select(x => new object?[] { x.Id, x.Words })
            );

        Task Insert(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> all) =>
            database.InsertManyAsync(table, columns, all, ct);
    }

    /// <summary>So that the planner knows at once what it would otherwise learn in the background.</summary>
    private async Task AnalyzeAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "ANALYZE";
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Error? Check(SampleSize size) =>
        size.Users is < 2 or > SampleSize.MaxUsers
            ? Error.Invalid("users", Range("users", 2, SampleSize.MaxUsers))
        : size.Posts is < 0 or > SampleSize.MaxPosts
            ? Error.Invalid("posts", Range("posts", 0, SampleSize.MaxPosts))
        : null;

    private static string Range(string what, int from, int to) =>
        string.Create(CultureInfo.InvariantCulture, $"A sample has from {from:N0} to {to:N0} {what}.");
}
