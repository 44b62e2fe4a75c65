using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Streaming;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>How streams last, and what ends them.</summary>
public sealed class EndTests
{
    private static readonly LiveFeedOptions Quick = new()
    {
        Heartbeat = TimeSpan.FromMilliseconds(100),
        Tend = TimeSpan.FromMilliseconds(50),
        Poll = TimeSpan.FromMilliseconds(50),
        // What ends a login is told by an event.
        LoginCheck = TimeSpan.FromDays(1),
        MaxOfUser = 2,
    };

    [Theory, OnEachDatabase]
    public async Task A_quiet_stream_shows_that_it_lives_and_outlasts_the_request_timeout(Database database)
    {
        await using var pamps = await StartAsync(database, x => x.Http.RequestTimeoutSeconds = 1);
        using var ana = await pamps.RegisterAsync("ana");
        await ana.WriteAsync("before");
        using var stream = await LiveStream.OpenAsync(ana);
        var watch = Stopwatch.StartNew();
        // Until the post is passed, which on PostgreSQL waits for who writes elsewhere, there is no place to tell.
        while (watch.Elapsed < TimeSpan.FromSeconds(1.5) || stream.LastId == "0-0")
        {
            var beat = await stream.ReadAsync();
            Assert.True(beat!.IsComment || beat.Event == "post");
        }

        var beating = await stream.ReadAsync();
        Assert.True(beating!.IsComment);
        Assert.Equal((null, null), (beating.Event, beating.Data));
        Assert.NotNull(beating.Id);
        // The place that came with it is one to go on from.
        var place = stream.LastId;
        using var again = await LiveStream.OpenAsync(ana, place);
        await again.ExpectAsync("post", await ana.WriteAsync("after"));
    }

    [Theory, OnEachDatabase]
    public async Task The_end_of_the_token_ends_the_stream(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, services: time.Use);
        using var ana = await pamps.RegisterAsync("ana");
        using var stream = await LiveStream.OpenAsync(ana);
        time.Advance(TimeSpan.FromMinutes(29));
        await stream.ExpectAsync("post", await ana.WriteAsync("still here"));

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await stream.NextAsync());
        (await ana.GetAsync("/stream/")).Refused(HttpStatusCode.Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task The_end_of_the_login_ends_its_streams_and_no_others(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var here = await LiveStream.OpenAsync(ana);
        var refresh = ana.RefreshToken;
        await ana.SignInAsync();
        using var elsewhere = await LiveStream.OpenAsync(ana);

        var end = await ana.PostAsync("/logout", new { refresh_token = refresh });

        Assert.Equal(HttpStatusCode.NoContent, end.Status);
        Assert.Null(await here.NextAsync());
        await elsewhere.ExpectAsync("post", await ana.WriteAsync("still here"));
    }

    [Theory, OnEachDatabase]
    public async Task A_new_password_ends_the_streams_of_other_logins(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var other = await LiveStream.OpenAsync(ana);
        await ana.SignInAsync();
        using var own = await LiveStream.OpenAsync(ana);

        await ana.PostAsync(
            "/user/me/password/",
            new { current_password = Client.DefaultPassword, new_password = "battery staple" }
        );

        Assert.Null(await other.NextAsync());
        await own.ExpectAsync("post", await ana.WriteAsync("still here"));
    }

    [Theory, OnEachDatabase]
    public async Task A_deleted_account_hears_no_more(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var stream = await LiveStream.OpenAsync(ana);

        Assert.Equal(HttpStatusCode.NoContent, (await ana.DeleteAsync("/user/me/")).Status);

        Assert.Null(await stream.NextAsync());
    }

    [Theory, OnEachDatabase]
    public async Task A_closed_account_hears_no_more(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var boss = await pamps.RegisterSuperuserAsync();
        using var stream = await LiveStream.OpenAsync(ana);

        var closed = await boss.PatchAsync($"/user/{ana.Username}/", new { active = false });

        Assert.Equal(HttpStatusCode.OK, closed.Status);
        Assert.Null(await stream.NextAsync());
    }

    [Theory, OnEachDatabase]
    public async Task A_server_that_stops_says_goodbye_to_its_streams_and_does_not_wait(Database database)
    {
        var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var stream = await LiveStream.OpenAsync(ana);

        var watch = Stopwatch.StartNew();
        var stopped = pamps.DisposeAsync();
        Block? last = null;
        while (await stream.ReadAsync() is { } block)
        {
            last = block;
        }
        await stopped;

        Assert.InRange(int.Parse(last!.Retry!, null), 1000, 5000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
    }

    [Theory, OnEachDatabase]
    public async Task A_user_has_so_many_streams_at_once_and_a_closed_one_makes_room(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var first = await LiveStream.OpenAsync(ana);
        using var second = await LiveStream.OpenAsync(ana);

        var third = await ana.GetAsync("/stream/");

        third.Refused(HttpStatusCode.TooManyRequests);
        Assert.NotNull(third.Header("Retry-After"));
        using var others = await LiveStream.OpenAsync(beto);
        first.Dispose();
        using var again = await LiveStream.OpenWhenThereIsRoomAsync(ana);
    }

    [Theory, OnEachDatabase]
    public async Task The_server_has_so_many_streams_at_once(Database database)
    {
        await using var pamps = await StartAsync(database, x => x.Http.MaxStreams = 1);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var first = await LiveStream.OpenAsync(ana);

        var second = await beto.GetAsync("/stream/");

        second.Refused(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(second.Header("Retry-After"));
        first.Dispose();
        using var again = await LiveStream.OpenWhenThereIsRoomAsync(beto);
    }

    private static Task<PampsServer> StartAsync(
        Database database,
        Action<Core.PampsOptions>? change = null,
        Action<IServiceCollection>? services = null
    ) => PampsServer.StartAsync(database, change, services: x =>
        {
            x.AddSingleton(Quick);
            services?.Invoke(x);
        });
}
