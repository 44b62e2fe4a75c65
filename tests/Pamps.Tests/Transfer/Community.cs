using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Samples;
using Pamps.Tests.Host;

namespace Pamps.Tests.Transfer;

/// <summary>A community with something in every table, and all that can be read of it.</summary>
internal static class Community
{
    /// <summary>Fills an empty database. Its likes are more than are carried at once.</summary>
    public static async Task MakeAsync(PampsServer pamps, int posts = 4_000)
    {
        var fill = pamps.Services.GetRequiredService<FillSample>();
        var size = new SampleSize(200, posts, Seed: 1);
        Assert.False(
            (await fill.RunAsync(size, null, TestContext.Current.CancellationToken)).IsRefused(out _)
        );
        using var ana = new Client(pamps, "ana_carried", id: 0);
        using var beto = new Client(pamps, "beto_carried", id: 0);
        await ana.RegisterAsync();
        await beto.RegisterAsync();
        var post = await ana.WriteAsync("Bom dia, \"Pampas\" \\ 京都 🌾 #carried\n\t<b>&</b> \u2028");
        await beto.WriteAsync("@ana_carried good morning", post);
        await beto.PostAsync($"/post/{post}/like/", null, ("Idempotency-Key", "once"));
        await beto.PostAsync("/user/follow/ana_carried/");
    }

    /// <summary>What anybody reads, and what somebody does who signs in.</summary>
    public static async Task<string> ReadAsync(PampsServer pamps)
    {
        var read = new StringBuilder();
        using var ana = new Client(pamps, "ana_carried", id: 0);
        await ana.SignInAsync();
        foreach (
            var path in new[]
            {
                "/user/?limit=100",
                "/post/?limit=100",
                "/user/timeline/?own=true&limit=100",
                "/notification/?limit=100",
                "/search/?q=from:ana_carried",
                "/search/?q=京都",
                "/search/?q=carried&type=user",
                "/tag/carried/",
                "/user/ana_carried/",
            }
        )
        {
            var answer = await ana.GetAsync(path);
            Assert.True((int)answer.Status == 200, $"{path}: {answer.Body}");
            Assert.True(answer.Body != "[]", path);
            read.AppendLine(answer.Body);
        }
        return read.ToString();
    }
}
