using System.Globalization;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /token: guessing gets slow.</summary>
public sealed class ThrottleTests
{
    private const int Limit = 3;

    private static Task<PampsServer> StartAsync(Database database, int perAccount, int perAddress) =>
        PampsServer.StartAsync(database, x =>
        {
            x.Security.SignInFailuresPerAccount = perAccount;
            x.Security.SignInFailuresPerAddress = perAddress;
        });

    private static async Task FailAsync(Client client, string name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await client.TrySignInAsync(name, "wrong")).Refused(Unauthorized);
        }
    }

    private static void IsThrottled(Answer answer)
    {
        Assert.NotEmpty(answer.Refused(TooManyRequests));
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 900);
    }

    [Theory, OnEachDatabase]
    public async Task Many_failures_close_one_account_for_a_while_and_no_other(Database database)
    {
        await using var pamps = await StartAsync(database, Limit, perAddress: 1000);
        using var guessed = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();

        await FailAsync(guessed, guessed.Username, Limit);

        IsThrottled(await guessed.TrySignInAsync(guessed.Username, "wrong"));
        IsThrottled(await guessed.TrySignInAsync(guessed.Username, Client.DefaultPassword));
        IsThrottled(await other.TrySignInAsync(guessed.Username.ToUpperInvariant(), Client.DefaultPassword));
        await other.SignInAsync();
        Assert.Equal(OK, (await guessed.GetAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task An_unknown_account_closes_like_a_known_one(Database database)
    {
        await using var pamps = await StartAsync(database, Limit, perAddress: 1000);
        using var anyone = pamps.Anonymous();

        await FailAsync(anyone, "nobody", Limit);

        IsThrottled(await anyone.TrySignInAsync("nobody", "wrong"));
    }

    [Theory, OnEachDatabase]
    public async Task Many_failures_from_one_address_close_every_account_to_it_that_it_does_not_know(
        Database database
    )
    {
        await using var pamps = await StartAsync(database, perAccount: 1000, Limit);
        using var user = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var other = Together.NewName();
        Assert.Equal(Created, (await anyone.PostAsync("/user/", Together.Registration(other))).Status);

        await FailAsync(user, Together.NewName(), 1);
        await FailAsync(user, Together.NewName(), 1);
        await FailAsync(user, Together.NewName(), 1);

        IsThrottled(await user.TrySignInAsync(other, Client.DefaultPassword));
        // But not those that it has signed in to before.
        await user.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task An_address_that_the_client_claims_does_not_count(Database database)
    {
        await using var pamps = await StartAsync(database, perAccount: 1000, Limit);
        using var user = await pamps.RegisterAsync();
        await FailAsync(user, "nobody", Limit);

        var form = new FormUrlEncodedContent([new("username", "nobody"), new("password", "wrong")]);
        var answer = await user.SendAsync(HttpMethod.Post, "/token", form, ("X-Forwarded-For", "192.0.2.7"));

        IsThrottled(answer);
    }

    [Theory, OnEachDatabase]
    public async Task Successes_are_not_counted_and_forgive_the_account(Database database)
    {
        await using var pamps = await StartAsync(database, Limit, perAddress: (2 * Limit) - 1);
        using var user = await pamps.RegisterAsync();
        for (var i = 0; i < 3 * Limit; i++)
        {
            await user.SignInAsync();
        }

        await FailAsync(user, user.Username, Limit - 1);
        await user.SignInAsync();
        await FailAsync(user, user.Username, Limit - 1);
        await user.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Guesses_at_once_do_not_slip_past_the_limit(Database database)
    {
        await using var pamps = await StartAsync(database, Limit, perAddress: 1000);
        using var user = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(() => user.TrySignInAsync(user.Username, "wrong"));

        // A guess that has just been counted may count as under way as well; then another one has to come back.
        answers.SplitAtMost(Limit, Unauthorized, others: TooManyRequests);
    }

    [Theory, OnEachDatabase]
    public async Task The_account_opens_again_when_the_window_has_passed(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Security.SignInFailuresPerAccount = Limit,
            services: time.Use
        );
        using var user = await pamps.RegisterAsync();
        await FailAsync(user, user.Username, Limit);
        IsThrottled(await user.TrySignInAsync(user.Username, Client.DefaultPassword));

        time.Advance(TimeSpan.FromMinutes(15));

        await user.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task A_token_does_not_serve_to_guess_the_password(Database database)
    {
        await using var pamps = await StartAsync(database, Limit, perAddress: 1000);
        using var user = await pamps.RegisterAsync();
        Task<Answer> ChangeAsync(string current, string next) =>
            user.PostAsync("/user/me/password/", new { current_password = current, new_password = next });

        // What is wrong with the new password is no guess at the current one.
        for (var i = 0; i <= Limit; i++)
        {
            (await ChangeAsync(Client.DefaultPassword, "short")).Refused(UnprocessableEntity);
        }
        for (var i = 0; i < Limit; i++)
        {
            (await ChangeAsync("wrong", "a new long password")).Refused(UnprocessableEntity);
        }

        IsThrottled(await ChangeAsync(Client.DefaultPassword, "a new long password"));
        IsThrottled(await user.TrySignInAsync(user.Username, Client.DefaultPassword));
    }
}
