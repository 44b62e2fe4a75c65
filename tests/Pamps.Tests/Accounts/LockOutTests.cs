using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /token: who guesses passwords keeps nobody else out.</summary>
public sealed class LockOutTests
{
    private const int Limit = 3;
    private const string Home = "192.0.2.1";
    private const string Guesser = "192.0.2.2";

    [Theory, OnEachDatabase]
    public async Task A_guesser_closes_an_account_to_the_own_address_only(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var user = await pamps.RegisterAsync();

        await FailAsync(user, user.Username, "2001:db8:0:7::1", "2001:db8:0:7::2", "2001:db8:0:7:8::");

        (await TryAsync(user, user.Username, "2001:db8:0:7::9")).Refused(TooManyRequests);
        Assert.Equal(OK, (await TryAsync(user, user.Username, "2001:db8:0:8::1")).Status);
        Assert.Equal(OK, (await TryAsync(user, user.Username, Home)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task All_names_of_an_account_count_together(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var user = await pamps.RegisterAsync();

        await FailAsync(user, user.Username, Guesser);
        await FailAsync(user, user.Email, Guesser);
        await FailAsync(user, user.Email.ToUpperInvariant(), Guesser);

        (await TryAsync(user, user.Username, Guesser)).Refused(TooManyRequests);
        (await TryAsync(user, user.Email, Guesser)).Refused(TooManyRequests);
    }

    [Theory, OnEachDatabase]
    public async Task Many_guessers_slow_an_account_down_for_those_alone_whom_it_does_not_know(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(
            database,
            x => x.Security.SignInFailuresFromEverywhere = Limit,
            time
        );
        await using var other = await pamps.StartAnotherAsync(Change, time.Use);
        using var user = await pamps.RegisterAsync();
        using var there = user.At(other);
        Assert.Equal(OK, (await TryAsync(user, user.Username, Home)).Status);
        await FailAsync(user, user.Username, Guesser, "192.0.2.3", "192.0.2.4");

        var stranger = await TryAsync(user, user.Username, "192.0.2.5");
        stranger.Refused(TooManyRequests);
        Assert.Equal("60", stranger.Header("Retry-After"));
        Assert.Equal(OK, (await TryAsync(there, user.Email, Home)).Status);

        void Change(PampsOptions x)
        {
            LockOutTests.Change(x);
            x.Security.SignInFailuresFromEverywhere = Limit;
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_account_that_is_slowed_down_opens_once_a_minute(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(
            database,
            x => x.Security.SignInFailuresFromEverywhere = Limit,
            time
        );
        using var user = await pamps.RegisterAsync();
        await FailAsync(user, user.Username, Guesser, "192.0.2.3", "192.0.2.4");
        for (var minute = 0; minute < 2; minute++)
        {
            (await TryAsync(user, user.Username, "192.0.2.5")).Refused(TooManyRequests);
            time.Advance(TimeSpan.FromMinutes(1));
            await FailAsync(user, user.Username, "192.0.2.6");
        }
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(OK, (await TryAsync(user, user.Username, "192.0.2.5")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Guesses_at_many_accounts_close_an_address_but_not_to_who_signed_in_there_before(
        Database database
    )
    {
        await using var pamps = await StartAsync(database, x => x.Security.SignInFailuresPerAddress = Limit);
        using var user = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        Assert.Equal(OK, (await TryAsync(user, user.Username, Home)).Status);
        for (var i = 0; i < Limit; i++)
        {
            await FailAsync(user, Together.NewName(), Home);
        }

        (await TryAsync(stranger, stranger.Username, Home)).Refused(TooManyRequests);
        Assert.Equal(OK, (await TryAsync(user, user.Username, Home)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_browser_that_is_signed_in_counts_for_itself(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var user = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        await browser.SignInAsync(user);
        await FailAsync(user, user.Username, Guesser, Guesser, Guesser);
        await FailAsync(stranger, stranger.Username, Guesser, Guesser, Guesser);

        (await SignInAsync(stranger, Client.DefaultPassword)).Refused(TooManyRequests);
        for (var i = 0; i < Limit; i++)
        {
            (await SignInAsync(user, "wrong")).Refused(Unauthorized);
        }
        (await SignInAsync(user, Client.DefaultPassword)).Refused(TooManyRequests);

        Task<Answer> SignInAsync(Client who, string password) =>
            browser.SendAsync(
                HttpMethod.Post,
                "/session/",
                new { username = who.Username, password },
                ("X-Forwarded-For", Guesser)
            );
    }

    [Fact]
    public async Task A_client_is_told_through_every_trusted_proxy_and_nobody_beyond_is_believed()
    {
        await using var pamps = await StartAsync(Database.Sqlite, x =>
            x.Http.TrustedProxies = "127.0.0.1, 10.0.0.9, 10.1.0.0/16"
        );
        using var user = await pamps.RegisterAsync();

        await FailAsync(
            user,
            user.Username,
            $"{Guesser}, 10.0.0.9",
            $"{Guesser}, 10.1.2.3, 10.0.0.9",
            $"{Home}, {Guesser}, 10.0.0.9"
        );

        (await TryAsync(user, user.Username, $"{Home}, {Guesser}, 10.1.2.3, 10.0.0.9")).Refused(
            TooManyRequests
        );
        Assert.Equal(OK, (await TryAsync(user, user.Username, $"{Home}, 10.0.0.9")).Status);
        Assert.Equal(OK, (await TryAsync(user, user.Username, "10.0.0.9")).Status);
    }

    [Fact]
    public async Task A_proxy_that_is_not_trusted_is_warned_of_once()
    {
        var log = new Lines();
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x => x.Http.TrustedProxies = "192.0.2.0/24",
            services: x => x.AddLogging(y => y.AddProvider(log).AddFilter<Lines>(_ => true))
        );
        using var anyone = pamps.Anonymous();
        await anyone.GetAsync("/post/");
        Assert.DoesNotContain(log.Written, x => x.Contains("TRUSTED_PROXIES", StringComparison.Ordinal));

        await anyone.GetAsync("/post/", ("X-Forwarded-For", Home));
        await anyone.GetAsync("/post/", ("X-Forwarded-Proto", "https"));

        var line = Assert.Single(log.Written, x =>
            x.Contains("PAMPS_HTTP__TRUSTED_PROXIES", StringComparison.Ordinal)
        );
        Assert.StartsWith("127.0.0.1 ", line, StringComparison.Ordinal);
    }

    private static Task<PampsServer> StartAsync(
        Database database,
        Action<PampsOptions>? change = null,
        FakeTime? time = null
    ) =>
        PampsServer.StartAsync(
            database,
            x =>
            {
                Change(x);
                ServerInstances.ShareKey(x);
                change?.Invoke(x);
            },
            services: time is null ? null : time.Use
        );

    private static void Change(PampsOptions options)
    {
        options.Security.SignInFailuresPerAccount = Limit;
        options.Http.TrustedProxies = "127.0.0.1, ::1";
    }

    private static async Task FailAsync(Client client, string name, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            (await TryAsync(client, name, address, "wrong")).Refused(Unauthorized);
        }
    }

    private static Task<Answer> TryAsync(
        Client client,
        string name,
        string address,
        string password = Client.DefaultPassword
    ) =>
        client.SendAsync(
            HttpMethod.Post,
            "/token",
            new FormUrlEncodedContent([new("username", name), new("password", password)]),
            ("X-Forwarded-For", address)
        );

    /// <summary>Keeps what the server logs.</summary>
    private sealed class Lines : LogListener
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public override void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Written.Enqueue(formatter(state, exception));
    }
}
