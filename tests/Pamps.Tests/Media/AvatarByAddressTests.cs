using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Jobs;
using Pamps.Core.Users;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Outgoing;

namespace Pamps.Tests.Media;

/// <summary>Avatars that are given as an address elsewhere: copied once, and shown from here.</summary>
public sealed class AvatarByAddressTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_address_is_for_its_owner_until_it_was_copied_and_then_all_see_the_copy(
        Database database
    )
    {
        await using var pamps = await StartAsync(database);
        await using var foreign = new ForeignServer();
        foreign.Serve("/ana.png", "text/html", Stored.Unlike());
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var post = await ana.WriteAsync("hello");
        await AskAsync(ana, foreign["/ana.png"]);
        Assert.Equal((null, null), await SeenAsync());

        await RunAsync(pamps, ana);

        var (profile, shown) = await SeenAsync();
        Assert.StartsWith("/media/files/", profile, StringComparison.Ordinal);
        Assert.Equal(profile, shown);
        Assert.Equal(profile, (string?)(await ana.GetAsync("/user/me/"))["avatar"]);
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync(profile!));
        // It is theirs as an upload is, and goes as one.
        Assert.True((long)(await ana.GetAsync("/user/me/"))["media_bytes"]! > 0);
        await RunAsync(pamps, ana);
        Assert.Equal(1, foreign.Count("/ana.png"));
        await pamps.CountsAsync();
        await ana.PatchAsync("/user/me/", new { avatar = (string?)null });
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM media"));

        async Task<(string?, string?)> SeenAsync() =>
            (
                (string?)(await anyone.GetAsync($"/user/{ana.Username}/"))["avatar"],
                (string?)(await anyone.GetAsync($"/post/{post}/"))["avatar"]
            );
    }

    [Theory, OnEachDatabase]
    public async Task Who_chose_another_avatar_meanwhile_keeps_it(Database database)
    {
        await using var pamps = await StartAsync(database);
        await using var foreign = new ForeignServer();
        using var ana = await pamps.RegisterAsync();
        var own = await ana.UploadAsync(Stored.Unlike());
        var picture = Stored.Unlike();
        foreign.Answer("/slow.png", async (stream, ct) =>
        {
            await ana.PatchAsync("/user/me/", new { avatar_media_id = (long)own["id"]! });
            await stream.WriteAsync(
                System.Text.Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {picture.Length}\r\nConnection: close\r\n\r\n"
                ),
                ct
            );
            await stream.WriteAsync(picture, ct);
        });
        await AskAsync(ana, foreign["/slow.png"]);

        await RunAsync(pamps, ana);

        Assert.Equal((string)own["preview_url"]!, (string?)(await ana.GetAsync("/user/me/"))["avatar"]);
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM media"));
        await pamps.CountsAsync();
    }

    [Theory, OnEachDatabase]
    public async Task What_is_no_picture_or_on_a_private_network_is_asked_for_a_few_times_and_shown_to_nobody(
        Database database
    )
    {
        await using var pamps = await StartAsync(database);
        await using var foreign = new ForeignServer();
        foreign.Serve("/page", "image/png", "<svg onload=alert(1)>"u8.ToArray());
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await AskAsync(ana, foreign["/page"]);
        await AskAsync(beto, $"http://127.0.0.1:{foreign.Port}/page");

        var tries = new List<long>();
        for (string? payload = null; tries.Count < 10; )
        {
            await pamps.ExecuteAsync("DELETE FROM job WHERE kind = 'fetch-avatar'");
            await RunAsync(pamps, ana, payload);
            await RunAsync(pamps, beto, payload);
            tries.Add(await pamps.JobsAsync("kind = 'fetch-avatar'"));
            if (tries[^1] == 0)
            {
                break;
            }
            payload = await pamps.ScalarAsync<string>(
                "SELECT payload FROM job WHERE kind = 'fetch-avatar' LIMIT 1"
            );
        }

        Assert.Equal([2L, 2, 2, 0], tries);
        Assert.Equal(4, foreign.Asked.Count);
        Assert.Null((await beto.GetAsync($"/user/{ana.Username}/"))["avatar"]);
        Assert.Null((await ana.GetAsync($"/user/{beto.Username}/"))["avatar"]);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM media"));
    }

    [Theory, OnEachDatabase]
    public async Task Giving_an_address_asks_for_a_copy_of_it_and_taking_it_back_does_not(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync();
        await ana.PatchAsync("/user/me/", new { avatar = (string?)null });
        Assert.Equal(0, await pamps.JobsAsync("kind = 'fetch-avatar'"));
        foreach (var name in new[] { "a", "b" })
        {
            await ana.PatchAsync("/user/me/", new { avatar = $"https://pictures.example/{name}.png" });
        }
        Assert.Equal(1, await pamps.JobsAsync($"kind = 'fetch-avatar' AND key = '{ana.Id}'"));
    }

    private static Task<PampsServer> StartAsync(Database database) =>
        PampsServer.StartAsync(
            database,
            x => (x.Outgoing.Enabled, x.Outgoing.Allow) = (true, ForeignServer.Network),
            services: TestJobs.Without
        );

    /// <summary>As if an address there were one of the internet's, which alone people may give.</summary>
    private static async Task AskAsync(Client person, string address) =>
        await person.Server.ExecuteAsync($"UPDATE \"user\" SET avatar = '{address}' WHERE id = {person.Id}");

    private static Task RunAsync(PampsServer pamps, Client person, string? payload = null)
    {
        var fetch = pamps.Services.GetRequiredService<FetchAvatar>();
        var key = person.Id.ToString(CultureInfo.InvariantCulture);
        return fetch.RunAsync(new JobRun(1, fetch.Kind, key, payload, 1), Ct);
    }
}
