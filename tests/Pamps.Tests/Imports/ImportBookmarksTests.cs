using System.Text;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static Pamps.Tests.Imports.ForeignArchives;

namespace Pamps.Tests.Imports;

/// <summary>Bookmarks that people bring from elsewhere.</summary>
public sealed class ImportBookmarksTests
{
    [Theory, OnEachDatabase]
    public async Task Bookmarks_of_posts_of_this_site_come_from_lists_and_archives_and_others_are_counted(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Site.Address = "https://pamps.example.org",
            services: TestJobs.Doing()
        );
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var (first, second) = (await beto.WriteAsync("first"), await beto.WriteAsync("second"));
        var secret = await beto.PostAsync("/post/", new { text = "for followers", visibility = "followers" });
        string At(object? id) => $"https://pamps.example.org/@{beto.Username}/{id}";
        var list = Encoding.UTF8.GetBytes(
            $"{At(second)}\n\"{At(first)}\"\r\nhttps://old.example/users/beto/statuses/{first}\n{At(secret["id"])}\n{At(1)}\nhttps://pamps.example.org/tag/{first}\nno address\n{At(first)}\n"
        );

        var bookmarks = await ana.ImportAsync(list, "bookmarks");

        Assert.Equal(
            ("bookmarks", "csv"),
            ((string)bookmarks["kind"]!, (string)bookmarks["report"]!["source"]!)
        );
        Assert.Equal((2, 1, 0), bookmarks.Counts());
        Assert.Equal("damaged 1, elsewhere 1, not_here 3", bookmarks.LeftOut());
        Assert.Equal([first, second], (await ana.GetAsync("/post/bookmarks/")).Ids);
        Assert.Empty((await beto.GetAsync("/post/bookmarks/")).Ids);

        var archive = await beto.ImportAsync(
            Zip(
                ("outbox.json", Outbox(Post(1, "2025-01-01T00:00:00Z", "<p>x</p>"))),
                (
                    "bookmarks.json",
                    Outbox(
                        JsonValue.Create(At(first)),
                        JsonValue.Create(At(secret["id"])),
                        JsonValue.Create(At(1)),
                        JsonValue.Create(IdOf(7)),
                        new JsonObject { ["id"] = At(second) },
                        null
                    )
                )
            )
        );

        Assert.Equal((1, 0, 0), archive.Counts());
        Assert.Equal(2, (int)archive["report"]!["bookmarks"]!);
        Assert.Equal("bookmark 4", archive.LeftOut());
        Assert.Equal([(long)secret["id"]!, first], (await beto.GetAsync("/post/bookmarks/")).Ids);
        Assert.Equal([first, second], (await ana.GetAsync("/post/bookmarks/")).Ids);
    }
}
