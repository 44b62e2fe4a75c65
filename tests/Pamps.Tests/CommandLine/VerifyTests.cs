using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class VerifyTests
{
    /// <summary>A rule, and the statement that breaks it for one row.</summary>
    private static readonly (string Rule, string Statement)[] Counters =
    [
        ("Likes of posts", "UPDATE post SET likes_count = likes_count + 1 WHERE parent_id IS NULL"),
        ("Replies to posts", "UPDATE post SET replies_count = replies_count + 1 WHERE parent_id IS NULL"),
        ("Posts of users", "UPDATE \"user\" SET posts_count = posts_count + 1 WHERE username = 'ana'"),
        (
            "Followers of users",
            "UPDATE \"user\" SET followers_count = followers_count + 1 WHERE username = 'ana'"
        ),
        (
            "Follows of users",
            "UPDATE \"user\" SET following_count = following_count + 1 WHERE username = 'ana'"
        ),
    ];

    [Theory, OnEachDatabase]
    public async Task Wrong_counters_are_found_and_mended(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            await ActAsync(pamps);
            (await workplace.RunAsync("db", "verify")).Succeeded();
            await using var connection = await pamps
                .Services.GetRequiredService<IDatabase>()
                .OpenAsync(CancellationToken.None);
            foreach (var (_, statement) in Counters)
            {
                Assert.Equal(1, await ExecuteAsync(connection, statement));
            }
        }

        var found = await workplace.RunAsync("db", "verify");
        Assert.Equal(1, found.ExitCode);
        AssertOutcome(found, "wrong");
        AssertOutcome(await workplace.RunAsync("db", "verify"), "wrong");
        var mended = await workplace.RunAsync("db", "verify", "--repair");
        mended.Succeeded();
        AssertOutcome(mended, "repaired");
        var clean = await workplace.RunAsync("db", "verify");
        clean.Succeeded();
        Assert.DoesNotContain("wrong", clean.Output, StringComparison.Ordinal);
    }

    private static void AssertOutcome(Ran ran, string outcome)
    {
        foreach (var (rule, _) in Counters)
        {
            var row = Assert.Single(ran.Output.Split('\n'), x => x.Contains(rule, StringComparison.Ordinal));
            Assert.Equal([rule, "1", outcome], row.Trim('│').Split('│').Select(x => x.Trim()));
        }
    }

    /// <summary>A little of everything that is counted.</summary>
    private static async Task ActAsync(PampsServer pamps)
    {
        using var ana = new Client(pamps, "ana", id: 0);
        using var beto = new Client(pamps, "beto", id: 0);
        await ana.RegisterAsync();
        await beto.RegisterAsync();
        var post = await ana.WriteAsync("Good morning");
        await beto.WriteAsync("Good morning to you", post);
        await beto.PostAsync($"/post/{post}/like/");
        await beto.PostAsync("/user/follow/ana/");
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteNonQueryAsync();
    }
}
