using System.Globalization;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Samples;

/// <summary>
/// Fills an empty database with a believable community, for demonstrations, tests and measurements. Everybody in
/// it signs in with the password <see cref="Password"/>.
/// </summary>
/// <remarks>
/// The same size, seed and end give the same rows again, down to ids and dates. The one exception is
/// the password's hash: all users share one, and its salt is random. A fill that is stopped leaves the rows it had
/// put in, and their counters count rows that never came; killed, it leaves tables without indexes: such a database is
/// made anew.
/// </remarks>
public sealed class FillSample
{
    /// <summary>The password of every user of a sample.</summary>
    public const string Password = "gulls-by-the-sea";

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
    /// <param name="withSearch">
    /// Whether posts are found by their words. Left out it saves half the time; <see cref="IndexTexts"/> makes
    /// up for it.
    /// </param>
    public async Task<Result<SampleSummary>> RunAsync(
        SampleSize size,
        IProgress<WorkProgress>? progress,
        CancellationToken ct,
        bool withSearch = true
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
        return await Task.Run(() => FillAsync(size, withSearch, password, progress, ct), ct);
    }

    private async Task<SampleSummary> FillAsync(
        SampleSize size,
        bool withSearch,
        string password,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var graph = new SampleGraph(size);
        var posts = new SamplePosts(size, graph);
        graph.Count(ct);
        posts.Count(done => progress?.Report(new WorkProgress("plan", done, size.Posts)), ct);
        var tables = new SampleTables(
            new SampleRows(size, graph, posts, maxLength),
            database.Dialect,
            withSearch
        );

        await using (var fill = await database.BeginFillAsync(SampleTables.Names, away: null, ct))
        {
            await StepAsync("users", tables.Users(password), size.Users);
            await StepAsync("follows", tables.Follows(), graph.Total);
            await StepAsync("posts", tables.Posts(), size.Posts);
            await StepAsync("likes", tables.Likes(), posts.TotalLikes);

            var (indexes, given) = (fill.Away.Count, 0);
            progress?.Report(new WorkProgress("indexes", given, indexes));
            await fill.RestoreAsync(
                _ =>
                {
                    progress?.Report(new WorkProgress("indexes", ++given, indexes));
                    return Task.CompletedTask;
                },
                ct
            );

            async Task StepAsync(string step, IEnumerable<SamplePart> parts, long total)
            {
                var done = 0L;
                var kept = 0L;
                progress?.Report(new WorkProgress(step, done, total));
                await foreach (var part in parts.ToAsyncEnumerable().AheadAsync(ct))
                {
                    foreach (var (table, columns, rows) in part.Tables)
                    {
                        await fill.InsertAsync(table, columns, rows, ct);
                    }
                    done += part.Count;
                    if (done - kept >= Chunk)
                    {
                        await fill.CommitAsync(ct);
                        kept = done;
                        progress?.Report(new WorkProgress(step, done, total));
                    }
                }
                await fill.CommitAsync(ct);
                progress?.Report(new WorkProgress(step, done, total));
            }
        }
        // So that the planner knows at once what it would otherwise learn in the background.
        await database.MaintainAsync("ANALYZE", ct);
        return new SampleSummary(size.Users, size.Posts, posts.TotalReplies, posts.TotalLikes, graph.Total);
    }

    private static Error? Check(SampleSize size) =>
        size.Users is < 2 or > SampleSize.MaxUsers
            ? Error.Invalid(
                "users",
                "out_of_range",
                Range("users", 2, SampleSize.MaxUsers),
                2,
                SampleSize.MaxUsers
            )
        : size.Posts is < 0 or > SampleSize.MaxPosts
            ? Error.Invalid(
                "posts",
                "out_of_range",
                Range("posts", 0, SampleSize.MaxPosts),
                0,
                SampleSize.MaxPosts
            )
        : null;

    private static string Range(string what, int from, int to) =>
        string.Create(CultureInfo.InvariantCulture, $"A sample has from {from:N0} to {to:N0} {what}.");
}
