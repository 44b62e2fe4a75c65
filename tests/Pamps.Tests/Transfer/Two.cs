using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Transfer;

/// <summary>Two people who talk with each other, and all that can be read of them.</summary>
internal static class Two
{
    public const string NewPassword = "another battery staple";

    /// <summary>Writes what there can be in an account.</summary>
    public static async Task MakeAsync(PampsServer pamps)
    {
        using var ana = new Client(pamps, "ana", id: 0);
        using var beto = new Client(pamps, "beto", id: 0);
        await ana.RegisterAsync();
        await beto.RegisterAsync();
        await ana.PatchAsync(
            "/user/me/",
            new
            {
                display_name = "Ana María 👩‍🌾",
                bio = "Coffee & \"birds\" 京都",
                avatar = "https://example.org/ana.png",
                fields = new[] { new { name = "Where", value = "京都 & \"Pampas\" https://example.org/" } },
            }
        );
        var hello = await ana.WriteAsync("Bom dia, \"Pampas\" \\ 京都 🌾 #carried\n\t<b>&</b> \u2028");
        var answer = await beto.WriteAsync("@ana good morning #carried", hello);
        var back = await ana.WriteAsync("@beto and to you https://example.org/x", answer);
        await ana.WriteAsync("to myself", back);
        var edited = await ana.WriteAsync("before");
        await ana.PatchAsync($"/post/{edited}/", new { text = "after the edit" });
        var gone = await beto.WriteAsync("soon gone");
        await ana.WriteAsync("a reply to what is gone", gone);
        await beto.DeleteAsync($"/post/{gone}/");
        await ana.PostAsync($"/post/{answer}/like/");
        await ana.PostAsync($"/post/{hello}/like/");
        await beto.PostAsync($"/post/{hello}/like/");
        await ana.PostAsync("/user/follow/beto/");
        await beto.PostAsync("/user/follow/ana/");
    }

    /// <summary>Bookmarks a post of beto's after one of ana's, for ana.</summary>
    public static async Task<string> BookmarkAsync(Client ana)
    {
        foreach (var name in new[] { "ana", "beto" })
        {
            var posts = (await ana.GetAsync($"/post/user/{name}/?include_replies=true&limit=1")).Ids;
            await ana.PostAsync($"/post/{posts[0]}/bookmark/");
        }
        return await BookmarksAsync(ana);
    }

    /// <summary>What ana has bookmarked, and that her other lists know of it.</summary>
    public static async Task<string> BookmarksAsync(Client ana) =>
        string.Join(' ', (await ana.GetAsync("/post/bookmarks/")).Ids)
        + (await ana.GetAsync("/post/user/beto/?include_replies=true&limit=1")).Items[0]!["bookmarked"];

    /// <summary>All that anybody reads of them, but the number that an account gets anew.</summary>
    public static async Task<string> ReadAsync(PampsServer pamps)
    {
        using var anyone = pamps.Anonymous();
        var read = new List<string>();
        foreach (var name in new[] { "ana", "beto" })
        {
            foreach (
                var path in new[]
                {
                    $"/user/{name}/",
                    $"/post/user/{name}/?include_replies=true&limit=100",
                    $"/post/likes/{name}/",
                    $"/user/{name}/following/",
                    $"/search/?q=from:{name}",
                }
            )
            {
                read.Add(await TextAsync(anyone, path));
            }
        }
        read.Add(await TextAsync(anyone, "/tag/carried/"));
        read.Add(await TextAsync(anyone, "/search/?q=京都&type=user"));
        read.Add(await TextAsync(anyone, "/search/?q=maría&type=user"));
        var ids = (await anyone.GetAsync("/post/user/ana/?include_replies=true")).Ids;
        read.AddRange(await Task.WhenAll(ids.Select(x => TextAsync(anyone, $"/post/{x}/"))));
        return string.Join('\n', read);
    }

    private static async Task<string> TextAsync(Client client, string path)
    {
        var answer = await client.GetAsync(path);
        Assert.True((int)answer.Status == 200, $"{path}: {answer.Body}");
        Assert.NotEqual("[]", answer.Body);
        var isOfUsers =
            path.StartsWith("/user/", StringComparison.Ordinal)
            || path.Contains("type=user", StringComparison.Ordinal);
        var json = answer.Json;
        Forget(json, isOfUsers);
        return $"{path}: {json.ToJsonString()}";

        static void Forget(JsonNode node, bool id)
        {
            if (node is JsonArray items)
            {
                items.ToList().ForEach(x => Forget(x!, id));
            }
            else if (node is JsonObject fields)
            {
                fields.Remove("user_id");
                if (id)
                {
                    fields.Remove("id");
                }
                fields.Select(x => x.Value).OfType<JsonArray>().ToList().ForEach(x => Forget(x, id));
            }
        }
    }
}
