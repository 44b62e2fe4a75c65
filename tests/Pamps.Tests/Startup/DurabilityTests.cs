using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Startup;

public sealed class DurabilityTests
{
    [Fact]
    public async Task SQLite_writes_to_the_disk_before_it_answers()
    {
        const long full = 2;
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        var synchronous = await pamps
            .Services.GetRequiredService<IWriteGate>()
            .RunAsync<long>(
                async (write, _) =>
                {
                    await using var command = write.Transaction.Connection!.CreateCommand();
                    command.Transaction = write.Transaction;
                    return (long)await ReadAsync(command, "PRAGMA synchronous");
                },
                TestContext.Current.CancellationToken
            );
        Assert.Equal(full, synchronous.Value);

        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        Assert.Equal("wal", await ReadAsync(command, "PRAGMA journal_mode"));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_answered_outlives_a_killed_process(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        long id;
        await using (var killed = await workplace.StartAsync("--port", "0"))
        {
            using var http = new HttpClient { BaseAddress = await killed.ListensAsync() };
            id = await WriteAsync(http);
            await killed.SignalAsync("KILL");
            Assert.NotEqual(0, (await killed.EndAsync()).ExitCode);
        }

        await using var pamps = await workplace.ServeHereAsync(database);
        using var anyone = pamps.Anonymous();
        var post = await anyone.GetAsync($"/post/{id}/");
        Assert.Equal("written just in time", (string)post["text"]!);
        Assert.Equal(1, (long)(await anyone.GetAsync("/user/ana/"))["posts_count"]!);
    }

    private static async Task<object> ReadAsync(DbCommand command, string pragma)
    {
        command.CommandText = pragma;
        return (await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> WriteAsync(HttpClient http)
    {
        var user = new
        {
            email = "ana@example.org",
            username = "ana",
            password = Client.DefaultPassword,
        };
        using var made = await http.PostAsJsonAsync("/user/", user);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["username"] = "ana", ["password"] = Client.DefaultPassword }
        );
        using var tokens = await http.PostAsync(new Uri("/token", UriKind.Relative), form);
        var token = (string)JsonNode.Parse(await tokens.Content.ReadAsStringAsync())!["access_token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var post = await http.PostAsJsonAsync("/post/", new { text = "written just in time" });
        Assert.Equal(HttpStatusCode.Created, post.StatusCode);
        return (long)JsonNode.Parse(await post.Content.ReadAsStringAsync())!["id"]!;
    }
}
