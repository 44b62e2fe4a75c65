using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Rules;

public sealed class FloorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_measurements_are_held_against_answers_as_pamps_does()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var post = await ana.WriteAsync($"Good morning, @{ana.Username}, with #coffee");
        await ana.WriteAsync("And a reply", parentId: post);
        // It is built as these tests are.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var floor = Repository.PathOf($"bench/floor/bin/{built.Parent!.Name}/{built.Name}/floor.dll");
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start("dotnet", [floor, port, pamps.Options.Db.Uri]);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await TestJobs.UntilAsync(() => AnswersAsync(http));
            foreach (var path in (string[])["/post/", $"/post/{post}/", $"/user/{ana.Username}/"])
            {
                Assert.Equal((await anyone.GetAsync(path)).Body, await http.GetStringAsync(path, Cancel));
            }
            using var written = await http.PostAsJsonAsync("/post/", new { text = "Hello" }, Cancel);
            var ours = (await ana.PostAsync("/post/", new { text = "Hello" })).Json.AsObject();
            var theirs = (await written.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
            Assert.Equal(ours.Select(x => x.Key), theirs.Select(x => x.Key));
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/post/", Cancel)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
