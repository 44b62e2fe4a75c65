using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;
using Pamps.Tests.Posts;

namespace Pamps.Tests.Search;

/// <summary>Users are found by name and bio.</summary>
public sealed class SearchUsersTests
{
    private const string ForUsers = "&type=user";

    [Theory, OnEachDatabase]
    public async Task A_user_is_found_by_name_part_of_the_name_and_bio(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await JoinAsync(pamps, "Ana_Maria", "Café e pássaros #pampas");
        using var beto = await JoinAsync(pamps, "beto", bio: null);

        foreach (
            var query in new[]
            {
                "ana_maria",
                "MARIA",
                "ana",
                "an*",
                "ana_m*",
                "cafe",
                "\"cafe e\"",
                "#pampas",
                "-beto maria",
            }
        )
        {
            Assert.Equal([ana.Id], await SearchTests.FindAsync(beto, query, ForUsers));
            Assert.Equal([ana.Id], await SearchTests.FindAsync(beto, query, ForUsers + "&order=best"));
        }
        Assert.Equal([beto.Id], await SearchTests.FindAsync(ana, "b*", ForUsers));
        Assert.Empty(await SearchTests.FindAsync(ana, "cafe -passaros", ForUsers));
        Assert.Empty(await SearchTests.FindAsync(ana, "ari", ForUsers));
        var refused = await ana.GetAsync("/search/?q=from:beto&type=user");
        Assert.Contains(
            "from:",
            refused.Refused(HttpStatusCode.UnprocessableEntity),
            StringComparison.Ordinal
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_changed_bio_and_a_deleted_account_are_found_no_more(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var reader = pamps.Anonymous();
        var (old, now) = (SearchTests.NewWord(), SearchTests.NewWord());
        await ana.PatchAsync("/user/me/", new { bio = old });
        var post = await ana.WriteAsync(old);
        await ana.PatchAsync("/user/me/", new { bio = now });

        Assert.Empty(await SearchTests.FindAsync(reader, old, ForUsers));
        Assert.Equal([ana.Id], await SearchTests.FindAsync(reader, now, ForUsers));
        Assert.Equal([post], await SearchTests.FindAsync(reader, old));

        await ana.DeleteAsync("/user/me/");
        Assert.Empty(await SearchTests.FindAsync(reader, now, ForUsers));
        Assert.Empty(await SearchTests.FindAsync(reader, ana.Username, ForUsers));
        Assert.Empty(await SearchTests.FindAsync(reader, old));
    }

    [Theory, OnEachDatabase]
    public async Task Best_puts_the_very_name_first_then_names_that_begin_so_by_followers(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var fan = await JoinAsync(pamps, "zed", "ana's friend");
        using var anabela = await JoinAsync(pamps, "anabela", bio: null);
        using var ana2 = await JoinAsync(pamps, "ana_2", bio: null);
        using var ana = await JoinAsync(pamps, "Ana", bio: null);
        using var anair = await JoinAsync(pamps, "anair", bio: null);
        await Follow(fan, anair, anabela);
        await Follow(ana, anair, fan);
        await Follow(ana2, fan);

        long[] expected = [ana.Id, anair.Id, anabela.Id, ana2.Id, fan.Id];
        Assert.Equal(expected, await SearchTests.FindAsync(ana, "ana*", ForUsers + "&order=best"));
        Assert.Equal(
            [fan.Id, anabela.Id, ana2.Id, ana.Id, anair.Id],
            await SearchTests.FindAsync(ana, "ana*", ForUsers)
        );
        Assert.Equal(expected, await Walk.IdsAsync(ana, "/search/?q=ana*&type=user&order=best&limit=2"));

        static async Task Follow(Client who, params Client[] whom)
        {
            foreach (var one in whom)
            {
                Assert.Equal(HttpStatusCode.Created, (await who.PostAsync($"/user/follow/{one.Id}/")).Status);
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task People_are_found_by_the_beginning_of_their_name_and_of_its_parts(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var maria = await JoinAsync(pamps, "maria", "likes emus");
        using var emil = await JoinAsync(pamps, "EmilRichter", bio: null);
        using var web = await JoinAsync(pamps, "HTTPServer_2b", bio: null);

        await CheckAsync();
        // As an older version left them, until the texts are read anew.
        await pamps.ExecuteAsync("DELETE FROM user_search");
        Assert.Empty(await SearchTests.FindAsync(maria, "emil", ForUsers));
        await pamps
            .Services.GetRequiredService<IndexTexts>()
            .RunAsync(all: false, progress: null, TestContext.Current.CancellationToken);
        await CheckAsync();

        async Task CheckAsync()
        {
            await FindsAsync(maria, "m", "ma", "MAR", "maria", "ma*", "ma -mari");
            await FindsAsync(
                emil,
                "em",
                "emil",
                "emilri",
                "richter",
                "ri",
                "rich*",
                "Emil Richter",
                "\"emil richter\""
            );
            await FindsAsync(web, "http", "https", "serv", "httpserver_2b", "server_2", "2", "b", "2b");
            foreach (var nobody in new[] { "ari", "ichter", "emilb", "\"em ri\"", "like" })
            {
                Assert.Empty(await SearchTests.FindAsync(maria, nobody, ForUsers));
            }
        }

        async Task FindsAsync(Client whom, params string[] queries)
        {
            foreach (var query in queries)
            {
                Assert.Equal([whom.Id], await SearchTests.FindAsync(maria, query, ForUsers));
                Assert.Equal([whom.Id], await SearchTests.FindAsync(maria, query, ForUsers + "&order=best"));
            }
        }
    }

    private static async Task<Client> JoinAsync(PampsServer pamps, string username, string? bio)
    {
        var client = new Client(pamps, username, id: 0);
        await client.RegisterAsync();
        await client.PatchAsync("/user/me/", new { bio });
        return client;
    }
}
