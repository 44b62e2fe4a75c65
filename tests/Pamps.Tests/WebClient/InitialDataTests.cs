using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.WebClient;

/// <summary>The answers that a page brings along.</summary>
public sealed partial class InitialDataTests
{
    private const string Hostile = "</script><!--<script>alert(1)</script> & \u2028\u2029 😀 é";

    [Theory, OnEachDatabase]
    public async Task A_page_brings_what_the_API_would_answer_anyone(Database database)
    {
        await using var pamps = await WithClient.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        var post = await ana.WriteAsync(Hostile);
        var reply = await ana.WriteAsync("a reply", post);
        await ana.PostAsync($"/post/{post}/like/");
        for (var i = 0; i < 25; i++)
        {
            await ana.WriteAsync($"post {i}");
        }
        var name = ana.Username;
        (string, string[])[] pages =
        [
            ("/", ["/config/", "/post/"]),
            (
                $"/@{name}",
                ["/config/", $"/user/{name}/", $"/post/pinned/{name}/", $"/post/user/{name}/?order=newest"]
            ),
            ($"/@{name}/{post}", ["/config/", $"/post/{post}/"]),
            ($"/@{name}/{reply}", ["/config/", $"/post/{reply}/", $"/post/{reply}/ancestors/"]),
            ($"/@{name}/likes", ["/config/", $"/user/{name}/"]),
            ("/about", ["/config/"]),
            ("/nothing", ["/config/"]),
        ];
        foreach (var (path, calls) in pages)
        {
            // Signed in, too: the page is the same for everyone.
            foreach (var visitor in new[] { ana, anyone })
            {
                var data = Read(await visitor.VisitAsync(path));
                Assert.Equal(calls, data.Select(x => x.Key));
                foreach (var call in calls)
                {
                    Assert.True(
                        JsonNode.DeepEquals((await anyone.GetAsync(call)).Json, data[call]),
                        $"{path}: {call}"
                    );
                }
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task No_text_gets_out_of_the_data(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync(Hostile);
        var page = await ana.VisitAsync($"/@{ana.Username}/{post}");
        Assert.Equal(Hostile, (string)Read(page)[$"/post/{post}/"]!["text"]!);
        var block = Block().Match(page.Body).Groups[1].Value;
        Assert.DoesNotMatch("[<>&\u2028\u2029]", block);
        Assert.Equal(3, Regex.Count(page.Body, "<script"));
    }

    private static JsonObject Read(Answer page) =>
        JsonNode.Parse(Block().Match(page.Body).Groups[1].Value)!.AsObject();

    [GeneratedRegex("<script type=\"application/json\" id=\"pamps-initial\">(.*?)</script>")]
    private static partial Regex Block();
}
