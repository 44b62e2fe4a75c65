using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Instances;

/// <summary>Failed sign-ins are counted for all instances of the server together, and outlast each of them.</summary>
public sealed class SharedThrottleTests
{
    private const int Limit = 3;

    [Theory, OnEachDatabase]
    public async Task Failures_at_one_instance_close_the_account_at_the_other(Database database)
    {
        await using var first = await StartAsync(database);
        await using var second = await first.StartAnotherAsync(Few);
        using var user = await first.RegisterAsync();
        using var there = user.At(second);

        (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);
        (await there.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);
        (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);

        (await there.TrySignInAsync(user.Username, Client.DefaultPassword)).Refused(TooManyRequests);
        (await user.TrySignInAsync(user.Username, Client.DefaultPassword)).Refused(TooManyRequests);
    }

    [Theory, OnEachDatabase]
    public async Task A_success_at_one_instance_forgives_the_failures_at_the_other(Database database)
    {
        await using var first = await StartAsync(database);
        await using var second = await first.StartAnotherAsync(Few);
        using var user = await first.RegisterAsync();
        using var there = user.At(second);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < Limit - 1; i++)
            {
                (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);
            }
            await there.SignInAsync();
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_restart_forgets_no_failure(Database database)
    {
        string uri;
        string username;
        await using (var before = await StartAsync(database))
        {
            uri = before.Options.Db.Uri;
            using var user = await before.RegisterAsync();
            username = user.Username;
            for (var i = 0; i < Limit; i++)
            {
                (await user.TrySignInAsync(username, "wrong")).Refused(Unauthorized);
            }
        }
        await using var after = await StartAsync(database, x => x.Db.Uri = uri);
        using var anyone = after.Anonymous();

        (await anyone.TrySignInAsync(username, Client.DefaultPassword)).Refused(TooManyRequests);
    }

    [Theory, OnEachDatabase]
    public async Task Guesses_at_once_at_several_instances_are_told_apart_no_more_often_than_at_one(
        Database database
    )
    {
        await using var first = await StartAsync(database);
        await using var second = await first.StartAnotherAsync(Few);
        using var user = await first.RegisterAsync();
        Client[] instances = [user, user.At(second)];

        var answers = await Together.AtOnceAsync(i =>
            instances[i % 2].TrySignInAsync(user.Username, "wrong")
        );

        // A guess that has just been counted may count as under way as well; then another one has to come back.
        answers.SplitAtMost(Limit, Unauthorized, others: TooManyRequests);
        instances[1].Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Failures_at_once_are_counted_each(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        var failures = pamps.Services.GetRequiredService<SignInFailures>();
        string[] keys = [$"account {Guid.NewGuid():N}", $"address {Guid.NewGuid():N}"];
        var ct = TestContext.Current.CancellationToken;

        var counted = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => Task.Run(() => failures.AddAsync(keys, userId: null, network: null, ct)))
        );

        Assert.Equal(Enumerable.Range(1, 10), counted.Select(x => x[0].Count).Order());
        Assert.Equal(Enumerable.Range(1, 10), counted.Select(x => x[1].Count).Order());
        Assert.All(await failures.ReadAsync(keys, ct), x => Assert.Equal(10, x.Count));
    }

    [Theory, OnEachDatabase]
    public async Task Who_signs_in_well_leaves_no_trace_and_who_fails_leaves_no_name(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var user = await pamps.RegisterAsync();
        await user.SignInAsync();
        Assert.Empty(await KeysAsync(pamps));

        (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);

        var keys = await KeysAsync(pamps);
        // The account at the address, the account, and the address.
        Assert.Equal(3, keys.Count);
        Assert.All(keys, x => Assert.Equal(32, Convert.FromBase64String(x).Length));
    }

    [Theory, OnEachDatabase]
    public async Task Failures_that_count_no_more_are_swept_and_others_stay(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var anyone = pamps.Anonymous();
        (await anyone.TrySignInAsync("early", "wrong")).Refused(Unauthorized);
        time.Advance(TimeSpan.FromMinutes(16));
        (await anyone.TrySignInAsync("late", "wrong")).Refused(Unauthorized);
        // The server may have swept by itself, since so much time has passed.
        Assert.InRange((await KeysAsync(pamps)).Count, 3, 5);

        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);

        // The late name, there and anywhere, and the address, whose window began anew.
        Assert.Equal(3, (await KeysAsync(pamps)).Count);
    }

    private static Task<PampsServer> StartAsync(Database database, Action<PampsOptions>? change = null) =>
        PampsServer.StartAsync(database, x =>
        {
            ServerInstances.ShareKey(x);
            Few(x);
            change?.Invoke(x);
        });

    private static void Few(PampsOptions options) => options.Security.SignInFailuresPerAccount = Limit;

    private static async Task<List<string>> KeysAsync(PampsServer pamps)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await pamps.Services.GetRequiredService<IDatabase>().OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM sign_in_failure";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var keys = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            keys.Add(reader.GetString(0));
        }
        return keys;
    }
}
