using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Accounts.SecurityLogs;

namespace Pamps.Tests.Accounts;

/// <summary>What is kept of who signed in, failed to, or changed what somebody may do.</summary>
public sealed class SecurityLogTests
{
    [Theory, OnEachDatabase]
    public async Task Every_deed_is_kept_once_with_whom_it_concerns_and_who_did_it(Database database)
    {
        await using var pamps = await StartAsync(database, services: new FakeTime().Use);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var post = await user.WriteAsync("a post");
        var path = $"/user/{user.Username}/";

        (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);
        (await user.TrySignInAsync("nobody_here", "wrong")).Refused(Unauthorized);
        using var second = await user.OtherProgramAsync();
        var logins = await user.GetAsync("/user/me/sessions/");
        Assert.Equal(NoContent, (await user.DeleteAsync($"/user/me/sessions/{logins.Ids[0]}/")).Status);
        Assert.Equal(NoContent, (await ChangePasswordAsync(user)).Status);
        Assert.Equal(OK, (await RefreshAsync(user)).Status);
        (await RefreshAsync(user)).Refused(Unauthorized);
        Assert.Equal(NoContent, (await boss.DeleteAsync($"/post/{post}/")).Status);
        Assert.Equal(OK, (await boss.PatchAsync(path, new { active = false })).Status);
        Assert.Equal(OK, (await boss.PatchAsync(path, new { active = true, superuser = true })).Status);
        Assert.Equal(OK, (await boss.PatchAsync(path, new { active = true, superuser = true })).Status);
        var reset = await pamps
            .Services.GetRequiredService<ResetPassword>()
            .RunAsync(
                Viewer.Operator,
                user.Username,
                "a third password",
                TestContext.Current.CancellationToken
            );
        Assert.False(reset.IsRefused(out _));
        Assert.Equal(NoContent, (await boss.DeleteAsync(path)).Status);
        Assert.Equal(
            NoContent,
            (await boss.PostAsync("/logout", new { refresh_token = boss.RefreshToken })).Status
        );

        var log = await ReadAsync(pamps);
        Assert.Equal(
            [
                ("account_created", boss.Id, null, null, 1),
                ("sign_in", boss.Id, boss.Id, null, 1),
                ("role_changed", boss.Id, 0, "superuser", 1),
                ("account_created", user.Id, null, null, 1),
                ("sign_in", user.Id, user.Id, null, 2),
                ("sign_in_failed", user.Id, null, null, 1),
                ("sign_in_failed", null, null, null, 1),
                ("login_ended", user.Id, user.Id, null, 1),
                ("password_changed", user.Id, user.Id, null, 1),
                ("token_reused", user.Id, null, null, 1),
                ("post_removed", user.Id, boss.Id, $"{post}", 1),
                ("account_suspended", user.Id, boss.Id, null, 1),
                ("account_restored", user.Id, boss.Id, null, 1),
                ("role_changed", user.Id, boss.Id, "superuser", 1),
                ("password_reset", user.Id, 0, null, 1),
                ("account_deleted", user.Id, boss.Id, null, 1),
                ("sign_out", boss.Id, boss.Id, null, 1),
            ],
            log.Select(x => (x.Kind, x.UserId, x.ActorId, x.Detail, x.Count))
        );
        // All of it from one place, but what the operator did.
        Assert.Single(log.Where(x => x.ActorId != 0).Select(x => x.Network).Distinct());
        Assert.All(log, x => Assert.Equal(x.ActorId == 0, x.Network is null));
        Assert.All(log, x => Assert.Equal(x.UserId == boss.Id ? boss.Username : null, x.Username));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_refused_or_changes_nothing_is_not_kept(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var before = await ReadAsync(pamps);

        (await user.PatchAsync($"/user/{boss.Username}/", new { active = false })).Refused(Forbidden);
        (await boss.DeleteAsync("/user/me/")).Refused(Conflict);
        Assert.Equal(OK, (await boss.PatchAsync($"/user/{user.Username}/", new { active = true })).Status);
        (await user.PostAsync("/refresh_token", new { refresh_token = "none" })).Refused(Unauthorized);
        var post = await user.WriteAsync("one's own");
        Assert.Equal(NoContent, (await user.DeleteAsync($"/post/{post}/")).Status);

        Assert.Equal(before, await ReadAsync(pamps));
        var read = pamps.Services.GetRequiredService<ReadSecurityLog>();
        var viewer = new Viewer(user.Id, user.Username, Superuser: false, LoginId: 0) { Fresh = true };
        var refused = await read.RunAsync(
            viewer,
            new(),
            new PageRequest(),
            TestContext.Current.CancellationToken
        );
        Assert.True(refused.IsRefused(out _));
    }

    [Theory, OnEachDatabase]
    public async Task Neither_rows_nor_lines_hold_a_name_an_address_a_password_or_a_token(Database database)
    {
        const string address = "192.0.2.77";
        var lines = new Lines();
        await using var pamps = await StartAsync(database, services: lines.Use);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var tokens = new List<string> { user.AccessToken, user.RefreshToken };
        foreach (var name in new[] { user.Username, user.Email, "nobody_here", "nobody@example.net" })
        {
            (await SignInAsync(user, name, "not this one", address)).Refused(Unauthorized);
        }
        user.Use(await SignInAsync(user, user.Email, Client.DefaultPassword, address));
        tokens.AddRange([user.AccessToken, user.RefreshToken]);
        Assert.Equal(NoContent, (await ChangePasswordAsync(user)).Status);
        Assert.Equal(OK, (await RefreshAsync(user)).Status);
        (await RefreshAsync(user)).Refused(Unauthorized);
        Assert.Equal(
            OK,
            (await boss.PatchAsync($"/user/{user.Username}/", new { superuser = true, active = true })).Status
        );

        var kept = await RowsAsync(pamps);
        var told = lines.Written.Where(x => x.Category == "Pamps.Security").Select(x => x.Line).ToList();
        Assert.Equal((await ReadAsync(pamps)).Sum(x => x.Count), told.Count);
        Assert.Contains(told, x =>
            x.StartsWith($"sign_in_failed account={user.Id} by=", StringComparison.Ordinal)
        );
        var all = string.Join('\n', [.. kept, .. told]);
        string[] secrets =
        [
            .. tokens,
            .. tokens.SelectMany(x => x.Split('.')),
            user.Username,
            boss.Username,
            "@",
            "nobody",
            "example",
            "not this one",
            Client.DefaultPassword,
            NewPassword,
            address,
            "127.0.0.1",
            "::",
        ];
        Assert.All(secrets, x => Assert.DoesNotContain(x, all, StringComparison.OrdinalIgnoreCase));
        // The same network is the same hash, and another another.
        Assert.Equal(2, (await ReadAsync(pamps)).Select(x => x.Network).OfType<string>().Distinct().Count());
    }

    [Theory, OnEachDatabase]
    public async Task Failures_at_once_at_several_instances_are_one_row_that_counts_them(Database database)
    {
        await using var pamps = await StartAsync(database, ServerInstances.ShareKey);
        await using var other = await pamps.StartAnotherAsync();
        using var user = await pamps.RegisterAsync();
        Client[] both = [user, user.At(other)];

        var answers = await Together.AtOnceAsync(i => both[i % 2].TrySignInAsync(user.Username, "wrong"), 8);

        Assert.All(answers, x => x.Refused(Unauthorized));
        var log = (await ReadAsync(pamps)).Where(x => x.Kind == "sign_in_failed").ToList();
        // The hour may end amid them.
        Assert.InRange(log.Count, 1, 2);
        Assert.Equal(8, log.Sum(x => x.Count));
        Assert.All(log, x => Assert.Equal(user.Id, x.UserId));
        both[1].Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Who_signs_out_with_a_token_that_was_exchanged_is_not_known(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var user = await pamps.RegisterAsync();
        Assert.Equal(OK, (await RefreshAsync(user)).Status);
        var old = new { refresh_token = user.RefreshToken };
        Assert.Equal(NoContent, (await user.PostAsync("/logout", old)).Status);

        var last = (await ReadAsync(pamps))[^1];
        Assert.Equal(("sign_out", user.Id, null), (last.Kind, last.UserId, last.ActorId));
    }

    [Theory, OnEachDatabase]
    public async Task Each_change_of_rights_is_a_row_of_its_own_in_its_order(Database database)
    {
        await using var pamps = await StartAsync(database, services: new FakeTime().Use);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        foreach (var superuser in new[] { true, false, true })
        {
            var body = new { active = true, superuser };
            Assert.Equal(OK, (await boss.PatchAsync($"/user/{user.Username}/", body)).Status);
        }
        foreach (var active in new[] { false, true, false })
        {
            Assert.Equal(OK, (await boss.PatchAsync($"/user/{user.Username}/", new { active })).Status);
        }

        Assert.Equal(
            [
                ("role_changed", "superuser", 1),
                ("role_changed", "user", 1),
                ("role_changed", "superuser", 1),
                ("account_suspended", null, 1),
                ("account_restored", null, 1),
                ("account_suspended", null, 1),
            ],
            (await ReadAsync(pamps))
                .Where(x => x.ActorId == boss.Id && x.UserId == user.Id)
                .Select(x => (x.Kind, x.Detail, x.Count))
        );
    }

    [Theory, OnEachDatabase]
    public async Task Rows_are_kept_for_the_days_that_are_set_also_of_an_account_that_is_gone(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(
            database,
            x => x.Security.AuditDays = 3,
            x =>
            {
                time.Use(x);
                TestJobs.Without(x);
            }
        );
        using var user = await pamps.RegisterAsync();
        Assert.Equal(NoContent, (await user.DeleteAsync("/user/me/")).Status);
        pamps.Options.Security.DeletedNameDays = 0;
        time.Advance(TimeSpan.FromDays(2));
        await SweepAsync(pamps);
        Assert.Equal(
            [("account_created", user.Id), ("sign_in", user.Id), ("account_deleted", user.Id)],
            (await ReadAsync(pamps)).Select(x => (x.Kind, x.UserId))
        );
        using var late = await pamps.RegisterAsync();

        time.Advance(TimeSpan.FromDays(1.5));
        await SweepAsync(pamps);
        Assert.Equal(
            [("account_created", late.Id), ("sign_in", late.Id)],
            (await ReadAsync(pamps)).Select(x => (x.Kind, x.UserId))
        );

        pamps.Options.Security.AuditDays = 0;
        await SweepAsync(pamps);
        Assert.Empty(await ReadAsync(pamps));
    }

    [Theory, OnEachDatabase]
    public async Task Without_days_there_are_lines_and_no_rows(Database database)
    {
        var lines = new Lines();
        await using var pamps = await StartAsync(database, x => x.Security.AuditDays = 0, lines.Use);
        using var user = await pamps.RegisterAsync();
        (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);

        Assert.Equal(
            ["account_created", "sign_in", "sign_in_failed"],
            lines.Written.Where(x => x.Category == "Pamps.Security").Select(x => x.Line.Split(' ')[0])
        );
        Assert.Empty(await ReadAsync(pamps));
    }

    [Theory, OnEachDatabase]
    public async Task A_browser_that_signs_in_anew_ends_the_login_that_it_had(Database database)
    {
        await using var pamps = await StartAsync(database, services: new FakeTime().Use);
        using var user = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        await browser.SignInAsync(user);
        await browser.SignInAsync(user);
        Assert.Equal(NoContent, (await browser.SignOutAsync()).Status);

        var log = await ReadAsync(pamps);
        Assert.Equal(3, log.Single(x => x.Kind == "sign_in").Count);
        Assert.Equal(2, log.Single(x => x.Kind == "sign_out").Count);
        Assert.Single(log.Select(x => x.Network).Distinct());
        Assert.NotNull(log[0].Network);
    }

    private const string NewPassword = "a new long password";

    /// <summary>The rows as they lie in the database.</summary>
    private static async Task<List<string>> RowsAsync(PampsServer pamps)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await pamps.Services.GetRequiredService<IDatabase>().OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM security_event";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(string.Join('|', ((DbDataReader)reader).ToValues()));
        }
        return rows;
    }

    private static Task<int> SweepAsync(PampsServer pamps) =>
        pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);

    private static Task<Answer> ChangePasswordAsync(Client user) =>
        user.PostAsync(
            "/user/me/password/",
            new { current_password = Client.DefaultPassword, new_password = NewPassword }
        );

    private static Task<Answer> RefreshAsync(Client user) =>
        user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken });

    /// <summary>Keeps what the server logs.</summary>
    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, string Line)> Written { get; } = new();

        public void Use(IServiceCollection services) =>
            services.AddLogging(x => x.AddProvider(this).AddFilter<Lines>(_ => true));

        public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

        public void Dispose() { }

        private sealed class Listener(Lines lines, string category) : LogListener
        {
            public override void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            ) => lines.Written.Enqueue((category, formatter(state, exception)));
        }
    }
}

file static class Values
{
    public static object[] ToValues(this DbDataReader reader)
    {
        var values = new object[reader.FieldCount];
        reader.GetValues(values);
        return values;
    }
}
