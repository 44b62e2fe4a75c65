using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Instances;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Instances;

/// <summary>Between Pamps and PostgreSQL stands pgbouncer.</summary>
public sealed class PoolerTests
{
    [Fact]
    public async Task Transaction_mode_is_refused_at_start_with_what_to_set()
    {
        await using var pooler = await Pgbouncer.StartAsync("transaction");
        var workplace = await Workplace.OnAsync(Database.Postgres);
        workplace.With("PAMPS_DB__URI", pooler.Through(workplace.Uri));

        var line = (await workplace.RunAsync("serve", "--port", "0")).Refused();

        Assert.Contains("behind a pooler in transaction mode", line, StringComparison.Ordinal);
        Assert.Contains("pgbouncer=true", line, StringComparison.Ordinal);
        Assert.Contains("PAMPS_DB__URI", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_transaction_mode_all_works_once_it_is_set()
    {
        await using var pooler = await Pgbouncer.StartAsync("transaction");
        var uri = await TestDatabase.CreateAsync(Database.Postgres);
        // An empty database: the schema is made through the pooler, too.
        await using var first = await StartAsync($"{pooler.Through(uri)}?pgbouncer=true");
        await using var second = await first.StartAnotherAsync();
        using var ana = await first.RegisterAsync("ana");
        using var beto = await first.RegisterAsync("beto");
        using var there = beto.At(second);
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        using var stream = await LiveStream.OpenAsync(there);

        // More at once than there are sessions.
        var written = await Together.AtOnceAsync(
            i => ana.PostAsync("/post/", new { text = $"post {i}" }),
            times: 50
        );
        written.Split(50, Created, others: Created);
        var read = await Together.AtOnceAsync(_ => there.GetAsync("/user/timeline/?limit=50"), times: 300);

        Assert.All(read, x => Assert.Equal(50, x.Items.Count));
        var heard = new HashSet<long>();
        while (heard.Count < 50)
        {
            heard.Add((long)(await stream.NextAsync())!.Json["id"]!);
        }
        Assert.Equal(written.Select(x => (long)x["id"]!).Order(), heard.Order());
    }

    [Fact]
    public async Task In_session_mode_nothing_needs_to_be_set()
    {
        await using var pooler = await Pgbouncer.StartAsync("session");
        var uri = await TestDatabase.CreateAsync(Database.Postgres);
        await using var pamps = await StartAsync(pooler.Through(uri), x =>
            x.AddSingleton(new Core.Streaming.LiveFeedOptions { Poll = TimeSpan.FromHours(1) })
        );
        using var ana = await pamps.RegisterAsync("ana");
        var notices = pamps.Services.GetRequiredService<InstanceNotices>();
        while (!notices.HearsOthers)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(OK, (await ana.GetAsync("/user/me/")).Status);
    }

    private static Task<PampsServer> StartAsync(string uri, Action<IServiceCollection>? services = null) =>
        PampsServer.StartAsync(
            Database.Postgres,
            x =>
            {
                ServerInstances.ShareKey(x);
                x.Db.Uri = uri;
                x.Db.MaxConnections = 12;
            },
            services: services
        );
}
