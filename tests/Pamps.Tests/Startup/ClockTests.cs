using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;

namespace Pamps.Tests.Startup;

/// <summary>The clock of a machine is put right, or wrong, under a running server.</summary>
public sealed class ClockTests
{
    [Theory, OnEachDatabase]
    public async Task A_clock_that_jumps_an_hour_either_way_breaks_nothing(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        await beto.PostAsync($"/user/follow/{ana.Username}/");
        var stream = await LiveStream.OpenAsync(beto);
        var ids = new List<long>();
        try
        {
            foreach (var jump in new[] { 0, 1, -1, -1, 1 })
            {
                time.AdjustTime(time.GetUtcNow().AddHours(jump));
                if (jump > 0)
                {
                    // An hour is longer than an access token lives. One from before a jump back stays good.
                    await ana.SignInAsync();
                    await beto.SignInAsync();
                    // With the token ends its stream, within a second.
                    stream.Dispose();
                    stream = await LiveStream.OpenAsync(beto);
                }
                Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/user/me/")).Status);
                var wrong = await ana.TrySignInAsync(ana.Username, "not the password");
                Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
                var tokens = await ana.TrySignInAsync(ana.Username, Client.DefaultPassword);
                Assert.Equal(HttpStatusCode.OK, tokens.Status);

                var key = ("Idempotency-Key", $"jump-{ids.Count}");
                var body = new { text = $"after {ids.Count} jumps" };
                var post = await ana.PostAsync("/post/", body, key);
                Assert.Equal(HttpStatusCode.Created, post.Status);
                ids.Add((long)post["id"]!);
                await pamps
                    .Services.GetRequiredService<Sweep>()
                    .RunAsync(TestContext.Current.CancellationToken);
                Assert.Equal(ids[^1], (long)(await ana.PostAsync("/post/", body, key))["id"]!);
                await stream.ExpectAsync("post", ids[^1]);
            }
        }
        finally
        {
            stream.Dispose();
        }

        Assert.Equal(ids.Order().Distinct(), ids);
        var listed = await ana.GetAsync($"/post/user/{ana.Username}/");
        Assert.Equal(ids, listed.Ids.Order());
        await beto.SignInAsync();
        Assert.Equal(ids, (await beto.GetAsync("/user/timeline/")).Ids.Order());
    }
}
