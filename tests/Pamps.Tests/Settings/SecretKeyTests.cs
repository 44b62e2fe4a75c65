using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Pamps.Server.Settings;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Settings;

public sealed class SecretKeyTests
{
    [Fact, UnsupportedOSPlatform("windows")]
    public async Task The_key_is_made_once_for_its_owner_only_and_outlives_a_restart()
    {
        var workplace = new Workplace();
        var file = Path.Combine(workplace.DataFolder, "secret.key");
        string token;
        await using (var first = await workplace.StartAsync("--port", "0"))
        {
            token = await SignInAsync(await first.ListensAsync());
            await first.SignalAsync("TERM");
            await first.EndAsync();
        }
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Matches("^[0-9a-f]{128}\n$", key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        await using var second = await workplace.StartAsync("--port", "0");
        using var http = new HttpClient { BaseAddress = await second.ListensAsync() };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var me = await http.GetAsync(
            new Uri("/user/me/", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Assert.Equal(key, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task All_who_start_at_once_use_the_same_key()
    {
        for (var round = 0; round < 20; round++)
        {
            var folder = TestDatabase.NewFolder();
            using var together = new Barrier(8);
            var keys = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        Task.Factory.StartNew(
                            () =>
                            {
                                together.SignalAndWait();
                                return SecretKey.ReadOrMake(folder);
                            },
                            CancellationToken.None,
                            TaskCreationOptions.LongRunning,
                            TaskScheduler.Default
                        )
                    )
            );
            Assert.Single(keys.Distinct());
            Assert.Equal(["secret.key"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task A_file_that_a_killed_process_left_empty_is_filled()
    {
        var folder = TestDatabase.NewFolder();
        var file = Path.Combine(folder, "secret.key");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var key = SecretKey.ReadOrMake(folder);
        Assert.Matches("^[0-9a-f]{128}$", key);
        Assert.Equal(key, SecretKey.ReadOrMake(folder));
    }

    [Fact]
    public async Task No_key_is_made_where_one_is_set()
    {
        var workplace = new Workplace().With("PAMPS_SECURITY__SECRET_KEY", new string('k', 64));
        await using var pamps = await workplace.StartAsync("--port", "0");
        await pamps.ListensAsync();
        Assert.False(File.Exists(Path.Combine(workplace.DataFolder, "secret.key")));
    }

    private static async Task<string> SignInAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var user = new
        {
            email = "ana@example.org",
            username = "ana",
            password = Client.DefaultPassword,
        };
        using var made = await http.PostAsJsonAsync("/user/", user);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["username"] = "ana", ["password"] = Client.DefaultPassword }
        );
        using var tokens = await http.PostAsync(new Uri("/token", UriKind.Relative), form);
        return (string)JsonNode.Parse(await tokens.Content.ReadAsStringAsync())!["access_token"]!;
    }
}
