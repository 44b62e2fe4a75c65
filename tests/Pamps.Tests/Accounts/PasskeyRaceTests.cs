using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Accounts.PasskeyDevice;
using static Pamps.Tests.Accounts.PasskeyTests;

namespace Pamps.Tests.Accounts;

/// <summary>Passkeys that many show at once, and again and again.</summary>
public sealed class PasskeyRaceTests
{
    [Theory, OnEachDatabase]
    public async Task Of_many_at_once_each_challenge_and_place_is_taken_once_on_every_instance(
        Database database
    )
    {
        void Change(PampsOptions x)
        {
            ServerInstances.ShareKey(x);
            x.Security.SignInFailuresPerAccount = 30;
        }
        await using var pamps = await StartAsync(database, change: Change);
        // SQLite has one.
        await using var another = database == Database.Sqlite ? null : await StartAsync(database, change: x =>
                {
                    Change(x);
                    x.Db.Uri = pamps.Options.Db.Uri;
                });
        using var user = await pamps.RegisterAsync();
        using var here = new Browser(pamps);
        using var there = new Browser(another ?? pamps);

        var begun = await BeginAsync(user);
        using var first = new PasskeyDevice { Counts = false };
        var made = first.Make(begun["options"]!);
        (
            await Together.AtOnceAsync(() =>
                user.PostAsync(
                    Address,
                    new
                    {
                        name = "x",
                        state = (string)begun["state"]!,
                        credential = made,
                    }
                )
            )
        ).Split(1, Created, others: UnprocessableEntity);

        // Asked by the one, answered to the other.
        var (options, cookie) = await AskAsync(here);
        Assert.Equal(OK, (await SignInAsync(there, first.Answer(options), cookie)).Status);
        (options, cookie) = await AskAsync(here);
        var answer = first.Answer(options);
        (await Together.AtOnceAsync(i => SignInAsync(i % 8 == 0 ? there : here, answer, cookie))).Split(
            1,
            OK,
            others: Unauthorized
        );

        var states = new List<Answer>();
        for (var i = 0; i < 24; i++)
        {
            states.Add(await BeginAsync(user));
        }
        var devices = states.Select(_ => new PasskeyDevice()).ToList();
        (await Together.AtOnceAsync(i => devices[i].AddAsync(user, states[i]), 24)).Split(
            AddPasskey.Most - 1,
            Created,
            others: Conflict
        );
        Assert.Equal(AddPasskey.Most, (await user.GetAsync(Address)).Items.Count);
        (await user.PostAsync($"{Address}options/", new { password = Client.DefaultPassword })).Refused(
            Conflict
        );

        // Wrong ones count as wrong passwords do; what is too late counts as nothing.
        Assert.Equal(OK, (await first.SignInAsync(here)).Status);
        using var stranger = new PasskeyDevice { Id = first.Id, Counts = false };
        (options, _) = await AskAsync(there);
        for (var i = 0; i < 31; i++)
        {
            IsRefused(await SignInAsync(there, first.Answer(options), ""), "passkey_too_late");
        }
        for (var i = 0; i < 30; i++)
        {
            IsRefused(await stranger.SignInAsync(i % 2 == 0 ? here : there), "wrong_passkey");
        }
        (await first.SignInAsync(there)).Refused(TooManyRequests);
        (await user.TrySignInAsync(user.Username, Client.DefaultPassword)).Refused(TooManyRequests);
    }
}
