using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pamps.Core.Databases;
using Pamps.Core.Instances;
using Pamps.Core.Streaming;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Instances;

/// <summary>Instances of a server on one PostgreSQL hear of each other's changes at once.</summary>
public sealed class NoticeTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    /// <summary>What is answered to anybody whose token is good, even if their account is gone.</summary>
    private const string Anything = "/user/timeline/";

    [Fact]
    public async Task A_post_through_one_instance_arrives_on_a_stream_of_the_other_without_asking_the_table()
    {
        await using var first = await StartAsync();
        await using var second = await first.StartAnotherAsync(services: NeverAsk);
        using var ana = await first.RegisterAsync("ana");
        using var there = ana.At(second);
        await HearsAsync(second);
        using var stream = await LiveStream.OpenAsync(there);

        for (var i = 0; i < 20; i++)
        {
            await stream.ExpectAsync("post", await ana.WriteAsync($"through the first, {i}"));
        }
    }

    [Fact]
    public async Task What_is_missed_while_the_listening_connection_is_killed_is_made_up_for()
    {
        await using var first = await StartAsync();
        await using var second = await first.StartAnotherAsync(services: NeverAsk);
        using var ana = await first.RegisterAsync("ana");
        using var there = ana.At(second);
        using var stream = await LiveStream.OpenAsync(there);

        for (var i = 0; i < 5; i++)
        {
            await KillListenersAsync(first, second);
            var posts = new List<long>();
            for (var post = 0; post < 5; post++)
            {
                posts.Add(await ana.WriteAsync($"round {i}, {post}"));
            }
            foreach (var post in posts)
            {
                await stream.ExpectAsync("post", post);
            }
        }
    }

    [Fact]
    public async Task Where_notices_do_not_arrive_the_table_is_asked()
    {
        await using var first = await StartAsync();
        await using var second = await first.StartAnotherAsync(services: x =>
        {
            x.AddSingleton(new LiveFeedOptions { SlowPoll = Never });
            x.Replace(ServiceDescriptor.Singleton<IInstanceChannel, DeafChannel>());
        });
        using var ana = await first.RegisterAsync("ana");
        using var there = ana.At(second);
        using var stream = await LiveStream.OpenAsync(there);

        await stream.ExpectAsync("post", await ana.WriteAsync("found in the table"));
    }

    [Fact]
    public async Task A_transaction_of_another_program_holds_an_event_back_and_its_end_lets_it_pass()
    {
        await using var pamps = await StartAsync();
        using var ana = await pamps.RegisterAsync("ana");
        await HearsAsync(pamps);
        using var stream = await LiveStream.OpenAsync(ana);
        var ct = TestContext.Current.CancellationToken;
        await using var other = await pamps.Services.GetRequiredService<IDatabase>().OpenAsync(ct);
        await using var transaction = await other.BeginTransactionAsync(ct);
        await using var command = other.CreateCommand();
        command.CommandText = "SELECT pg_current_xact_id()";
        await command.ExecuteNonQueryAsync(ct);

        var id = await ana.WriteAsync("behind it");
        // Nothing has come for a while: the feed has looked, and may not pass the post.
        Assert.True((await stream.ReadAsync())!.IsComment);
        await transaction.RollbackAsync(ct);

        await stream.ExpectAsync("post", id);
    }

    [Fact]
    public async Task What_one_instance_revokes_the_other_forgets_without_waiting()
    {
        await using var first = await StartAsync();
        await using var second = await first.StartAnotherAsync(services: StandStill);
        using var user = await first.RegisterAsync();
        using var there = user.At(second);
        await HearsAsync(second);
        Assert.Equal(OK, (await there.GetAsync(Anything)).Status);

        var login = (await user.GetAsync("/user/me/sessions/")).Ids[0];
        await user.DeleteAsync($"/user/me/sessions/{login}/");

        await RefusesAsync(there);
    }

    [Fact]
    public async Task What_the_command_line_revokes_the_server_forgets_without_waiting()
    {
        var workplace = await Workplace.OnAsync(Database.Postgres);
        await using var pamps = await PampsServer.StartAsync(
            Database.Postgres,
            x => x.Db.Uri = workplace.Uri,
            services: StandStill
        );
        using var user = await pamps.RegisterAsync();
        await HearsAsync(pamps);
        Assert.Equal(OK, (await user.GetAsync(Anything)).Status);

        (await workplace.RunAsync("delete-user", "--force", user.Username)).Succeeded();

        await RefusesAsync(user);
    }

    private static Task<PampsServer> StartAsync() =>
        PampsServer.StartAsync(Database.Postgres, ServerInstances.ShareKey, services: NeverAsk);

    private static void NeverAsk(IServiceCollection services) =>
        services.AddSingleton(
            new LiveFeedOptions
            {
                Poll = Never,
                SlowPoll = Never,
                Heartbeat = TimeSpan.FromSeconds(1),
                Tend = TimeSpan.FromMilliseconds(100),
            }
        );

    /// <summary>What is remembered for a while is remembered for ever.</summary>
    private static void StandStill(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<TimeProvider, StandingTime>());

    private static async Task HearsAsync(PampsServer instance)
    {
        var notices = instance.Services.GetRequiredService<InstanceNotices>();
        for (var i = 0; i < 600 && !notices.HearsOthers; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.True(notices.HearsOthers, "It does not hear the other instances.");
    }

    private static async Task RefusesAsync(Client client)
    {
        var status = OK;
        for (var i = 0; i < 600 && status != Unauthorized; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            status = (await client.GetAsync(Anything)).Status;
        }
        Assert.Equal(Unauthorized, status);
    }

    /// <summary>Kills the sessions on which instances listen, as soon as each has one.</summary>
    private static async Task KillListenersAsync(params PampsServer[] instances)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await instances[0]
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(ct);
        await using var command = connection.CreateCommand();
        const string Listeners =
            "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pamps listener'";
        command.CommandText = $"SELECT count(*) {Listeners}";
        while ((long)(await command.ExecuteScalarAsync(ct))! < instances.Length)
        {
            await Task.Delay(20, ct);
        }
        command.CommandText = $"SELECT pg_terminate_backend(pid) {Listeners}";
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed class StandingTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    private sealed class DeafChannel : IInstanceChannel
    {
        public Task SendAsync(string message, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ListenAsync(
            Action onListening,
            Action<string> onMessage,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException("Nothing arrives.");
    }
}
