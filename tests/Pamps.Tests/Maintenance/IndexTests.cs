using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Maintenance;

/// <summary>Posts of an older version get what this version finds in posts.</summary>
public sealed class IndexTests
{
    /// <summary>More than a few batches.</summary>
    private const int Count = 450;

    [Theory, OnEachDatabase]
    public async Task A_start_after_an_upgrade_indexes_what_the_older_version_wrote(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        string before;
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            before = await WriteAsync(pamps);
        }
        // The older version's schema knows no entities, and its posts keep their texts.
        (await workplace.RunAsync("db", "downgrade", "Initial", "--force")).Succeeded();

        await using var upgraded = await PampsServer.StartAsync(database, x =>
        {
            x.Db.Uri = workplace.Uri;
            x.Db.UpgradeAtStart = true;
        });
        await TestJobs.UntilAsync(async () => await upgraded.JobsAsync("kind = 'index_texts'") == 0);
        Assert.Equal(before, await ReadAsync(upgraded));
        Assert.False(
            await upgraded
                .Services.GetRequiredService<IndexTexts>()
                .IsNeededAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory, OnEachDatabase]
    public async Task An_upgrade_by_hand_indexes_too_and_goes_on_where_it_was_stopped(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.ServeHereAsync(database);
        var before = await WriteAsync(pamps);
        await pamps.ExecuteAsync("UPDATE post SET entities = NULL WHERE text LIKE '%1%'");
        await pamps.ExecuteAsync("DELETE FROM hashtag");
        Assert.NotEqual(before, await ReadAsync(pamps));

        Assert.Contains(
            "Indexed 2 users and ",
            (await workplace.RunAsync("db", "upgrade")).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal("The schema is current.\n", (await workplace.RunAsync("db", "upgrade")).Succeeded());
        // Posts that had entities kept them, and were not read again.
        Assert.NotEqual(before, await ReadAsync(pamps));
        Assert.Contains(
            $"Indexed 2 users and {Count} posts.",
            (await workplace.RunAsync("db", "index", "--all")).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal(before, await ReadAsync(pamps));
        Assert.Contains(
            "and 0 posts.",
            (await workplace.RunAsync("db", "index")).Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Theory, OnEachDatabase]
    public async Task Several_may_index_while_posts_are_edited(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        await WriteAsync(pamps);
        await pamps.ExecuteAsync("UPDATE post SET entities = NULL");
        using var author = new Client(pamps, "author", id: 0);
        await author.SignInAsync();
        var ids = (await author.GetAsync("/post/?limit=100&order=oldest")).Ids;
        var index = pamps.Services.GetRequiredService<IndexTexts>();

        var runs = Enumerable
            .Range(0, 3)
            .Select(_ => index.RunAsync(all: true, null, TestContext.Current.CancellationToken))
            .ToList();
        foreach (var id in ids.Take(30))
        {
            await author.PatchAsync($"/post/{id}/", new { text = $"#edited {id}" });
        }
        await Task.WhenAll(runs);

        Assert.Equal(ids.Take(30), (await author.GetAsync("/tag/edited/?limit=100&order=oldest")).Ids);
        Assert.False(await index.IsNeededAsync(TestContext.Current.CancellationToken));
        var verify = pamps.Services.GetRequiredService<Verify>();
        Assert.All(await verify.RunAsync(repair: false, null, TestContext.Current.CancellationToken), x =>
            Assert.Equal(0, x.Broken)
        );
    }

    [Theory, OnEachDatabase]
    public async Task Until_then_an_old_post_reads_as_one_that_names_nothing(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var author = await pamps.RegisterAsync();
        var id = await author.WriteAsync("#old");
        await pamps.ExecuteAsync("UPDATE post SET entities = NULL");
        var post = await author.GetAsync($"/post/{id}/");
        Assert.Equal(HttpStatusCode.OK, post.Status);
        Assert.Equal("[]", post["entities"]!.ToJsonString());
    }

    private static async Task<string> WriteAsync(PampsServer pamps)
    {
        using var author = new Client(pamps, "author", id: 0);
        using var named = new Client(pamps, "Named", id: 0);
        await author.RegisterAsync();
        await named.RegisterAsync();
        for (var i = 0; i < Count; i += 10)
        {
            await Task.WhenAll(
                Enumerable.Range(i, 10).Select(x => author.WriteAsync($"@named #tag{x % 7} {x} @nobody"))
            );
        }
        return await ReadAsync(pamps);
    }

    /// <summary>All that can be seen of the entities.</summary>
    private static async Task<string> ReadAsync(PampsServer pamps)
    {
        using var anyone = pamps.Anonymous();
        var posts = await anyone.GetAsync("/post/user/author/?limit=100");
        var tagged = await anyone.GetAsync("/tag/tag3/?limit=100");
        var tags = await anyone.GetAsync("/tag/?q=");
        var found = await anyone.GetAsync("/search/?q=%23tag3&limit=100");
        var mentions = await pamps.ScalarAsync<long>("SELECT count(*) FROM mention");
        return $"{posts.Body}\n{tagged.Body}\n{tags.Body}\n{found.Body}\n{mentions}";
    }
}
