using System.Globalization;
using System.Net.Http.Json;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Accounts.SecurityLogs;

namespace Pamps.Tests.Accounts;

/// <summary>How many rows of the security log people can cause, and what those still tell.</summary>
public sealed class SecurityLogFloodTests
{
    private const int MostRowsAnHour = 300;

    [Theory, OnEachDatabase]
    public async Task A_flood_of_failures_from_everywhere_is_counted_and_fills_nothing(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, services: time.Use);
        using var user = await pamps.RegisterAsync();
        for (var i = 0; i < MostRowsAnHour + 20; i++)
        {
            (await SignInAsync(user, user.Username, "wrong", $"10.1.{i / 250}.{i % 250}")).Refused(
                Unauthorized
            );
        }
        // More of one that has a row already.
        (await SignInAsync(user, user.Username, "wrong", "10.1.0.0")).Refused(Unauthorized);

        var log = (await ReadAsync(pamps)).Where(x => x.Kind == "sign_in_failed").ToList();
        Assert.Equal(MostRowsAnHour + 1, log.Count);
        var more = Assert.Single(log, x => x.Network is null);
        Assert.Equal((user.Id, "more", 20), (more.UserId, more.Detail, more.Count));
        Assert.Equal(2, Assert.Single(log, x => x.Count == 2).Count);
        Assert.All(log.Where(x => x != more), x => Assert.Equal((user.Id, null), (x.UserId, x.Detail)));
        await user.SignInAsync();
        Assert.Equal(2, (await ReadAsync(pamps)).Single(x => x.Kind == "sign_in").Count);

        time.Advance(TimeSpan.FromHours(1));
        (await SignInAsync(user, user.Username, "wrong", "10.2.0.0")).Refused(Unauthorized);
        var next = (await ReadAsync(pamps))[^1];
        Assert.Equal(("sign_in_failed", user.Id, 1), (next.Kind, next.UserId, next.Count));
    }

    [Theory, OnEachDatabase]
    public async Task Names_that_nobody_has_hide_no_guesses_at_an_account(Database database)
    {
        await using var pamps = await StartAsync(database, services: new FakeTime().Use);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        await AddFailuresAsync(pamps, 300, userId: null);
        (await SignInAsync(user, "nobody_here", "wrong", "10.2.0.1")).Refused(Unauthorized);
        (await SignInAsync(user, user.Username, "wrong", "10.2.0.1")).Refused(Unauthorized);
        await AddFailuresAsync(pamps, 300, other.Id);
        for (var i = 0; i < 3; i++)
        {
            (await SignInAsync(user, user.Username, "wrong", $"10.2.0.{i}")).Refused(Unauthorized);
            (await SignInAsync(user, other.Username, "wrong", $"10.2.0.{i}")).Refused(Unauthorized);
        }

        var log = (await ReadAsync(pamps)).Where(x => x.Kind == "sign_in_failed").ToList();
        var named = Assert.Single(log, x => x.Detail is null && x.UserId == user.Id);
        Assert.Equal(2, named.Count);
        Assert.NotNull(named.Network);
        Assert.Equal(
            [(null, null, 1), (user.Id, null, 2), (other.Id, null, 3)],
            log.Where(x => x.Detail == "more").Select(x => (x.UserId, x.Network, x.Count))
        );

        await AddFailuresAsync(pamps, 700, other.Id);
        using var late = await pamps.RegisterAsync();
        (await SignInAsync(user, late.Username, "wrong", "10.2.0.9")).Refused(Unauthorized);
        (await SignInAsync(user, user.Username, "wrong", "10.2.0.9")).Refused(Unauthorized);
        var kept = (await ReadAsync(pamps)).Where(x => x.Detail == "more").ToList();
        Assert.DoesNotContain(kept, x => x.UserId == late.Id);
        Assert.Equal(2, kept.Single(x => x.UserId is null).Count);
        Assert.Equal(3, kept.Single(x => x.UserId == user.Id).Count);
    }

    [Theory, OnEachDatabase]
    public async Task An_account_that_signs_in_and_out_from_everywhere_fills_nothing(Database database)
    {
        await using var pamps = await StartAsync(database, services: new FakeTime().Use);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        for (var i = 0; i < 25; i++)
        {
            user.Use(await SignInAsync(user, user.Username, Client.DefaultPassword, $"10.1.0.{i}"));
            var signedOut = await user.SendAsync(
                HttpMethod.Post,
                "/logout",
                JsonContent.Create(new { refresh_token = user.RefreshToken }),
                ("X-Forwarded-For", $"10.1.0.{i}")
            );
            Assert.Equal(NoContent, signedOut.Status);
        }
        other.Use(await SignInAsync(other, other.Username, Client.DefaultPassword, "10.1.0.250"));

        var log = await ReadAsync(pamps);
        foreach (var (kind, rest) in new[] { ("sign_in", 6), ("sign_out", 5) })
        {
            var rows = log.Where(x => x.Kind == kind && x.UserId == user.Id).ToList();
            Assert.Equal(21, rows.Count);
            var more = Assert.Single(rows, x => x.Network is null);
            Assert.Equal((user.Id, "more", rest), (more.ActorId, more.Detail, more.Count));
        }
        Assert.Equal(2, log.Count(x => x.Kind == "sign_in" && x.UserId == other.Id && x.Network is not null));
    }

    /// <summary>Failed sign-ins of this hour, each from another network.</summary>
    private static async Task AddFailuresAsync(PampsServer pamps, int rows, long? userId)
    {
        var log = await ReadAsync(pamps);
        // Of a moment before, where no id of the server's is.
        var (time, id) = (log[^1].Id, log[^1].Id - log.Count * 10_000L);
        await pamps.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO security_event (id, key, kind, user_id, network, count, created_at, last_at)
            SELECT {id} - i, 'key ' || ({id} - i), 'sign_in_failed', {userId?.ToString(
                CultureInfo.InvariantCulture
            ) ?? "NULL"},
                'network ' || i, 1, l.created_at, l.created_at
            FROM n CROSS JOIN (SELECT created_at FROM security_event WHERE id = {time}) l
            """
        );
    }
}
