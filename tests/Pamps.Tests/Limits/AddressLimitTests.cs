using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Users;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Limits;

/// <summary>What an address may have at once and in a time.</summary>
public sealed class AddressLimitTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnEachDatabase]
    public async Task Of_a_storm_of_registrations_with_ten_left_ten_get_through_for_the_whole_network(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        await using var second = await pamps.StartAnotherAsync(x => Limited.Limit(x), time.Use);
        using var anyone = pamps.Anonymous();
        using var there = second.Anonymous();
        Assert.Equal(Created, (await RegisterAsync("2001:db8:0:1::1")).Status);
        await pamps.LeaveAsync(time, left: 10, Hour, most: 60, "owner < 0 AND deed = 6");
        var before = await pamps.CountAsync("\"user\"");

        var answers = await Together.AtOnceAsync(
            i => RegisterAsync($"2001:db8:0:1::{i:x}", i % 2 == 0 ? anyone : there),
            40
        );

        answers.Split(10, Created, others: TooManyRequests);
        Assert.Equal(before + 10, await pamps.CountAsync("\"user\""));
        (await RegisterAsync("2001:db8:0:1::1")).IsTooMany(
            "too_many_registrations",
            "registrations",
            60,
            Hour
        );
        Assert.Equal(Created, (await RegisterAsync("2001:db8:0:2::1")).Status);
        Assert.Equal(Created, (await RegisterAsync("192.0.2.1")).Status);
        Assert.Equal(Created, (await RegisterAsync("::ffff:192.0.2.1")).Status);
        Assert.Equal(3, await pamps.CountAsync("allowance"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Created, (await RegisterAsync("2001:db8:0:1::1")).Status);

        Task<Answer> RegisterAsync(string address, Client? client = null) =>
            (client ?? anyone).PostAsync(
                "/user/",
                Together.Registration(Together.NewName()),
                Limited.From(address)
            );
    }

    [Theory, OnEachDatabase]
    public async Task A_registration_that_is_refused_or_repeated_counts_for_nothing(Database database)
    {
        await using var pamps = await Limited.StartAsync(database, change: x =>
            x.AddressRegistrationsPerHour = 2
        );
        using var anyone = pamps.Anonymous();
        var (from, key) = (Limited.From("192.0.2.1"), ("Idempotency-Key", "once"));
        var ana = Together.Registration(Together.NewName());
        var first = await anyone.PostAsync("/user/", ana, from, key);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(first.Body, (await anyone.PostAsync("/user/", ana.DeepClone(), from, key)).Body);
            (await anyone.PostAsync("/user/", ana.DeepClone(), from)).Refused(Conflict);
        }

        Assert.Equal(Created, (await AnotherAsync()).Status);
        (await AnotherAsync()).Refused(TooManyRequests);
        Assert.Equal(first.Body, (await anyone.PostAsync("/user/", ana.DeepClone(), from, key)).Body);

        Task<Answer> AnotherAsync() =>
            anyone.PostAsync("/user/", Together.Registration(Together.NewName()), from);
    }

    [Fact]
    public async Task One_address_leaves_room_for_others_in_the_queue_of_those_who_register()
    {
        var passwords = new SlowPasswords();
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x => Limited.Limit(x),
            services: x => x.AddSingleton<IPasswords>(passwords)
        );
        using var anyone = pamps.Anonymous();
        var flood = Enumerable.Range(0, 60).Select(_ => RegisterAsync("192.0.2.1")).ToList();
        var refused = new List<Answer>();
        while (refused.Count < 20)
        {
            var next = await Task.WhenAny(flood);
            flood.Remove(next);
            refused.Add(await next);
        }
        var other = RegisterAsync("192.0.2.2");
        while (passwords.Waiting < 41)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        passwords.Go.SetResult();

        Assert.All(refused, x => x.Refused(TooManyRequests));
        Assert.All(refused, x => Assert.Equal("too_many_registrations", (string)x["code"]!));
        Assert.Equal(Created, (await other).Status);
        Assert.All(await Task.WhenAll(flood), x => Assert.Equal(Created, x.Status));

        Task<Answer> RegisterAsync(string address) =>
            anyone.PostAsync("/user/", Together.Registration(Together.NewName()), Limited.From(address));
    }

    [Fact]
    public async Task An_address_has_so_many_requests_in_five_minutes_and_others_have_theirs()
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(Database.Sqlite, time);
        using var anyone = pamps.Anonymous();
        using var super = await pamps.RegisterSuperuserAsync();
        await super.SignInAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async i =>
                {
                    var own = new List<Answer>();
                    for (var n = i; n < 1510; n += 16)
                    {
                        own.Add(await anyone.GetAsync("/config/", Limited.From("192.0.2.1")));
                    }
                    return own;
                })
        );

        answers.SelectMany(x => x).ToArray().Split(1500, OK, others: TooManyRequests);
        var (code, window) = ("too_many_requests", TimeSpan.FromMinutes(5));
        (await AskAsync("/config/")).IsTooMany(code, "requests", 1500, window);
        (await AskAsync("/")).Refused(TooManyRequests);
        (await AskAsync("/@ana.rss")).Refused(TooManyRequests);
        Assert.Equal(OK, (await AskAsync("/health/live")).Status);
        Assert.Equal(OK, (await AskAsync("/openapi.json")).Status);
        Assert.Equal(OK, (await anyone.GetAsync("/config/", Limited.From("192.0.2.2"))).Status);
        Assert.Equal(OK, (await anyone.GetAsync("/config/")).Status);
        Assert.Equal(OK, (await super.GetAsync("/config/", Limited.From("192.0.2.1"))).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        (await Together.AtOnceAsync(() => AskAsync("/config/"))).Split(5, OK, others: TooManyRequests);

        Task<Answer> AskAsync(string path) => anyone.GetAsync(path, Limited.From("192.0.2.1"));
    }

    [Fact]
    public async Task An_address_has_so_many_streams_at_once_and_others_have_theirs()
    {
        await using var pamps = await Limited.StartAsync(Database.Sqlite, change: x => x.AddressStreams = 2);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var first = await LiveStream.OpenAsync(ana, from: "192.0.2.1");
        var second = await LiveStream.OpenAsync(beto, from: "192.0.2.1");

        var refused = await beto.GetAsync("/stream/", Limited.From("192.0.2.1"));

        refused.Refused(TooManyRequests);
        Assert.Equal("too_many_streams_here", (string)refused["code"]!);
        Assert.NotNull(refused.Header("Retry-After"));
        using var elsewhere = await LiveStream.OpenAsync(beto, from: "192.0.2.2");
        second.Dispose();
        using var again = await LiveStream.OpenWhenThereIsRoomAsync(beto, from: "192.0.2.1");
    }

    /// <summary>Hashes nothing before it is told to.</summary>
    private sealed class SlowPasswords : IPasswords
    {
        private int waiting;

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiting => Volatile.Read(ref waiting);

        public string? FormOf(string password) => password;

        public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
            HashForRegistrationAsync(password, cancellationToken);

        public async Task<string> HashForRegistrationAsync(
            string password,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref waiting);
            await Go.Task.WaitAsync(cancellationToken);
            return "a hash";
        }

        public bool IsHashOfElsewhere(string hash) => false;

        public Task<bool> IsRightAsync(string hash, string password, CancellationToken cancellationToken) =>
            Task.FromResult(true);
    }
}
