using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Hides the posts of somebody who is suspended, and shows them again once they are restored: what no read pays for. In small
/// transactions, each of which looks how the account stands, so that it can stop anywhere, go on later, and be overtaken.
/// </summary>
internal sealed class ShowPosts(Writer writer, EraseOptions measures) : IJobHandler
{
    public string Kind => Name;

    private const string Name = "show-posts";

    /// <summary>The job for an account.</summary>
    public static Job Of(long userId) => new(Name, Key: userId.ToString(CultureInfo.InvariantCulture));

    public Task RunAsync(JobRun run, CancellationToken ct) =>
        RunAsync(long.Parse(run.Key!, CultureInfo.InvariantCulture), ct);

    /// <summary>Does at once what it can, right after a commit that has left the job, which does the rest.</summary>
    public async Task BeginAsync(long userId, CancellationToken ct)
    {
        try
        {
            await RunAsync(userId, ct);
        }
        catch (DatabaseUnavailableException)
        {
            // The job does it.
        }
    }

    /// <summary>Goes on until all posts are as their author's account is.</summary>
    private async Task RunAsync(long userId, CancellationToken ct)
    {
        while (
            (
                await writer.RunAsync<int>(viewer: null, async write => await StepAsync(write, userId), ct)
            ).Value > 0
        ) { }
    }

    private async Task<int> StepAsync(Write write, long userId)
    {
        write.LockUser(userId);
        var isSuspended = await write.FirstAsync(
            new Statement(
                $"SELECT u.erase_at IS NOT NULL FROM \"user\" u WHERE u.id = @id AND {UserSql.IsHere}",
                ("id", userId)
            ),
            row => (bool?)row.GetBoolean(0)
        );
        if (isSuspended is not { } hides)
        {
            return 0;
        }
        var posts = await write.ListAsync(
            new Statement(
                $"""
                SELECT p.id FROM post p WHERE p.user_id = @id AND p.visibility {(hides ? "<" : ">=")} @step
                ORDER BY p.id LIMIT @take
                """,
                ("id", userId),
                ("step", Erasing.Step),
                ("take", measures.Batch * 4)
            ),
            row => row.GetInt64(0)
        );
        if (posts.Count > 0)
        {
            write.Then(
                new Statement(
                    $"UPDATE post SET visibility = visibility + @change WHERE {write.Dialect.IsOneOf("id", "ids")}",
                    write.Dialect.Ids("ids", posts),
                    ("change", hides ? Erasing.Step : -Erasing.Step)
                )
            );
        }
        return posts.Count;
    }
}
