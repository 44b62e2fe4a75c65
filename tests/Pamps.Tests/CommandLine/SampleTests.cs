using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Samples;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class SampleTests
{
    private const string Read =
        "n.id <= (SELECT a.notifications_read FROM account a WHERE a.user_id = n.user_id)";

    [Theory, OnEachDatabase]
    public async Task A_sample_is_a_whole_community_whose_counters_are_right(Database database)
    {
        var workplace = await Workplace.OnAsync(database);

        var ran = await workplace.RunAsync("db", "sample", "--users", "50", "--posts", "700", "--seed", "7");

        Assert.Contains("50 users, 700 posts", ran.Succeeded(), StringComparison.Ordinal);
        await using var pamps = await workplace.ServeHereAsync(database);
        var verify = pamps.Services.GetRequiredService<Verify>();
        Assert.All(await verify.RunAsync(repair: false, progress: null, CancellationToken.None), x =>
            Assert.Equal(0, x.Broken)
        );

        using var anyone = pamps.Anonymous();
        var newest = (await anyone.GetAsync("/post/?limit=1")).Items[0]!;
        Assert.InRange((DateTime)newest["date"]!, DateTime.UtcNow.AddDays(-3), DateTime.UtcNow);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(avatar) FROM \"user\""));
        // None of them is of something that was taken back or never was: whoever has the fewest sees all.
        const string fewest = """
            SELECT n.user_id, count(*) FROM notification n GROUP BY n.user_id ORDER BY count(*), n.user_id LIMIT 1
            """;
        var reader = await pamps.ScalarAsync<long>(fewest);
        using var told = new Client(
            pamps,
            await pamps.ScalarAsync<string>($"SELECT username FROM \"user\" WHERE id = {reader}"),
            reader
        );
        await told.SignInAsync(FillSample.Password);
        Assert.Equal(
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM notification WHERE user_id = {reader}"),
            (await told.GetAsync("/notification/?limit=100")).Ids.Count
        );
        Assert.Equal(4, await pamps.ScalarAsync<long>("SELECT count(DISTINCT kind) FROM notification"));
        Assert.NotEqual(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM notification n WHERE {Read}")
        );
        Assert.NotEqual(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM notification n WHERE NOT {Read}")
        );

        var names = (await pamps.Anonymous().GetAsync("/user/?limit=100"))
            .Items.Select(x => (string)x!["username"]!)
            .ToList();
        Assert.Equal(50, names.Count);
        using var someone = new Client(pamps, names[3], id: 0);
        await someone.SignInAsync(FillSample.Password);
        Assert.Equal(
            HttpStatusCode.Created,
            (await someone.PostAsync("/post/", new { text = "after the sample" })).Status
        );
        Assert.Equal(
            "after the sample",
            (string)(await someone.GetAsync("/post/?limit=1")).Items[0]!["text"]!
        );
    }

    [Theory, OnEachDatabase]
    public async Task The_same_seed_makes_the_same_rows_and_another_makes_others(Database database)
    {
        var first = await FillAsync(database, seed: 1);
        Assert.Equal(first, await FillAsync(database, seed: 1));
        Assert.NotEqual(first, await FillAsync(database, seed: 2));
    }

    [Theory, OnEachDatabase]
    public async Task A_sample_leaves_every_index_and_reference_as_it_was(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var before = await SchemaText.ReadAsync(pamps, database);
        Assert.Contains("ix_post_author", before, StringComparison.Ordinal);

        var fill = pamps.Services.GetRequiredService<FillSample>();
        Assert.False(
            (await fill.RunAsync(new SampleSize(20, 90, 1), null, CancellationToken.None)).IsRefused(out _)
        );
        Assert.Equal(before, await SchemaText.ReadAsync(pamps, database));
    }

    [Theory, OnEachDatabase]
    public async Task A_sample_that_is_stopped_gives_the_indexes_back(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var before = await SchemaText.ReadAsync(pamps, database);
        using var stop = new CancellationTokenSource();
        var stopper = new StopAt("posts", stop);

        var fill = pamps.Services.GetRequiredService<FillSample>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            fill.RunAsync(new SampleSize(20, 90, 1), stopper, stop.Token)
        );
        Assert.Equal(before, await SchemaText.ReadAsync(pamps, database));
    }

    [Theory, OnEachDatabase]
    public async Task A_sample_without_search_can_be_searched_once_it_is_indexed(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        (
            await workplace.RunAsync("db", "sample", "--users", "20", "--posts", "90", "--no-search")
        ).Succeeded();
        const string lively = "/search/?q=from:";
        await using var pamps = await workplace.ServeHereAsync(database);
        using var anyone = pamps.Anonymous();
        var author = (string)(await anyone.GetAsync("/post/?limit=1")).Items[0]!["username"]!;
        Assert.Empty((await anyone.GetAsync(lively + author)).Items);

        (await workplace.RunAsync("db", "index", "--all")).Succeeded();
        Assert.NotEmpty((await anyone.GetAsync(lively + author)).Items);
    }

    [Theory, OnEachDatabase]
    public async Task A_database_with_users_is_left_alone(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        (await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();

        var refused = (await workplace.RunAsync("db", "sample", "--users", "10", "--posts", "10")).Errors;

        Assert.Contains("has users already", refused, StringComparison.Ordinal);
        Assert.Equal(["ana"], await workplace.UsernamesAsync());
    }

    [Theory]
    [InlineData("--users", "1")]
    [InlineData("--posts", "-1")]
    [InlineData("--users", "many")]
    [InlineData("--until", "2999-01-01")]
    [InlineData("--until", "2024-12-31")]
    [InlineData("--until", "yesterday")]
    public async Task A_size_out_of_range_is_refused(string option, string value)
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var ran = await workplace.RunAsync("db", "sample", option, value);
        Assert.Equal(1, ran.ExitCode);
        Assert.DoesNotContain("   at ", ran.All, StringComparison.Ordinal);
    }

    /// <summary>Fills a database of its own, and answers with all that anybody can read of it.</summary>
    private static async Task<string> FillAsync(Database database, int seed)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var fill = pamps.Services.GetRequiredService<FillSample>();
        Assert.False(
            (await fill.RunAsync(new SampleSize(20, 90, seed), null, CancellationToken.None)).IsRefused(out _)
        );
        using var anyone = pamps.Anonymous();
        var users = await anyone.GetAsync("/user/?limit=100");
        var posts = await anyone.GetAsync("/post/?limit=100");
        var liked = await Task.WhenAll(posts.Ids.Select(x => anyone.GetAsync($"/post/{x}/likes/")));
        return users.Body + posts.Body + string.Join("", liked.Select(x => x.Body));
    }
}
