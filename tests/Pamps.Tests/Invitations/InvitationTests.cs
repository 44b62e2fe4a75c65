using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Invitations;

/// <summary>Who may register, and with whose invitation.</summary>
public sealed class InvitationTests
{
    private readonly FakeTime time = new();
    private SiteOptions site = null!;

    [Theory, OnEachDatabase]
    public async Task Who_has_an_invitation_registers_as_often_as_it_may_and_nobody_else(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        site.Registration = "invited";
        var made = await boss.PostAsync("/invitation/", new { uses = 2, days = 1 });
        Assert.Equal(Created, made.Status);
        made.Json.HasFields("id", "code", "link", "uses", "used", "created_at", "expires_at");
        var code = (string)made["code"]!;
        Assert.Equal($"https://pamps.example.org/sign-up#{code}", (string)made["link"]!);

        var without = await RegisterAsync(anyone, null);
        without.Blames("invitation");
        Assert.Equal("invitation_needed", (string)without["codes"]!["invitation"]![0]!);
        foreach (var wrong in new[] { "x", new string('A', 32), code[..^1], code + "A", Swap(code) })
        {
            var refused = await RegisterAsync(anyone, wrong);
            refused.Blames("invitation");
            Assert.Equal("invitation_not_good", (string)refused["codes"]!["invitation"]![0]!);
            (await anyone.GetAsync($"/invitation/{wrong}/")).Refused(NotFound);
            (await anyone.GetAsync("/invitation/given/", ("Pamps-Invitation", wrong))).Refused(NotFound);
        }
        (await anyone.GetAsync("/invitation/given/")).Refused(NotFound);
        var byHeader = await anyone.GetAsync("/invitation/given/", ("Pamps-Invitation", code));
        Assert.Equal(boss.Username, (string)byHeader["by"]!["username"]!);
        var given = await anyone.GetAsync($"/invitation/{code}/");
        Assert.Equal(boss.Username, (string)given["by"]!["username"]!);

        var first = await RegisterAsync(anyone, code);
        Assert.Equal(Created, first.Status);
        Assert.Equal(
            boss.Id,
            await pamps.ScalarAsync<long>($"SELECT invited_by FROM account WHERE user_id = {first["id"]}")
        );
        // What is refused for another reason uses none up.
        (await RegisterAsync(anyone, code, (string)first["username"]!)).Refused(Conflict);
        (await RegisterAsync(anyone, code, "no name")).Blames("email", "username");
        Assert.Equal(Created, (await RegisterAsync(anyone, code)).Status);
        (await RegisterAsync(anyone, code)).Blames("invitation");
        (await anyone.GetAsync($"/invitation/{code}/")).Refused(NotFound);
        Assert.Equal(2, (int)(await boss.GetAsync("/invitation/")).Items[0]!["used"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_who_register_at_once_as_many_get_in_as_may(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        site.Registration = "invited";
        var code = (string)(await boss.PostAsync("/invitation/", new { uses = 3 }))["code"]!;

        var answers = await Together.AtOnceAsync(() => RegisterAsync(anyone, code));

        answers.Split(3, Created, others: UnprocessableEntity);
        Assert.Equal(3, await pamps.ScalarAsync<long>("SELECT CAST(used AS bigint) FROM invitation"));
    }

    [Theory, OnEachDatabase]
    public async Task The_same_request_sent_again_uses_none_more_up(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        site.Registration = "invited";
        var code = (string)(await boss.PostAsync("/invitation/", new { uses = 1 }))["code"]!;
        var body = Registration(code, Together.NewName());

        var answers = await Together.AtOnceAsync(
            _ => anyone.PostAsync("/user/", body.DeepClone(), ("Idempotency-Key", "once")),
            4
        );

        Assert.All(answers, x => Assert.Equal(Created, x.Status));
        Assert.Single(answers.Select(x => (long)x["id"]!).Distinct());
    }

    [Theory, OnEachDatabase]
    public async Task Superusers_invite_and_everybody_does_where_the_site_says_so(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var anyone = pamps.Anonymous();
        (await anyone.PostAsync("/invitation/", new { })).Refused(Unauthorized);
        (await anyone.GetAsync("/invitation/")).Refused(Unauthorized);
        Refused(await ana.PostAsync("/invitation/", new { }), Forbidden, "may_not_invite");

        site.MembersInvite = true;
        var made = await ana.PostAsync("/invitation/", new { });
        Assert.Equal((1, 0), ((int)made["uses"]!, (int)made["used"]!));
        Assert.Empty((await beto.GetAsync("/invitation/")).Items);
        Assert.Empty((await boss.GetAsync("/invitation/")).Items);
        Assert.Single((await ana.GetAsync("/invitation/")).Items);

        var path = $"/invitation/{made["id"]}/";
        (await anyone.DeleteAsync(path)).Refused(Unauthorized);
        Refused(await beto.DeleteAsync(path), NotFound, "invitation_not_found");
        var ended = await Together.AtOnceAsync(() => ana.DeleteAsync(path));
        ended.SplitAtMost(1, NoContent, others: NotFound);
        (await anyone.GetAsync($"/invitation/{made["code"]}/")).Refused(NotFound);
        var other = await ana.PostAsync("/invitation/", new { });
        Assert.Equal(NoContent, (await boss.DeleteAsync($"/invitation/{other["id"]}/")).Status);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM invitation"));
    }

    [Theory, OnEachDatabase]
    public async Task Numbers_out_of_range_are_refused_and_nobody_has_more_than_a_hundred(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        (await boss.PostAsync("/invitation/", new { uses = 0, days = 0 })).Blames("days", "uses");
        (await boss.PostAsync("/invitation/", new { uses = 1001, days = 366 })).Blames("days", "uses");
        await pamps.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 98)
            INSERT INTO invitation (id, user_id, uses, used, created_at, expires_at)
            SELECT i, {boss.Id}, 1, 0, '2030-01-01 00:00:00', '2030-01-01 00:00:00' FROM n
            """
        );

        var answers = await Together.AtOnceAsync(() => boss.PostAsync("/invitation/", new { }));

        answers.Split(2, Created, others: Conflict);
        Refused(await boss.PostAsync("/invitation/", new { }), Conflict, "no_more_invitations");
    }

    [Theory, OnEachDatabase]
    public async Task An_invitation_ends_with_its_days_and_rests_while_who_made_it_is_suspended(
        Database database
    )
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        (site.Registration, site.MembersInvite) = ("invited", true);
        var code = (string)(await ana.PostAsync("/invitation/", new { uses = 5, days = 2 }))["code"]!;

        await boss.SignInAsync();
        await boss.PatchAsync($"/user/{ana.Username}/", new { active = false });
        (await anyone.GetAsync($"/invitation/{code}/")).Refused(NotFound);
        (await RegisterAsync(anyone, code)).Blames("invitation");
        await boss.PatchAsync($"/user/{ana.Username}/", new { active = true });
        Assert.Equal(Created, (await RegisterAsync(anyone, code)).Status);

        time.Advance(TimeSpan.FromDays(2));
        (await anyone.GetAsync($"/invitation/{code}/")).Refused(NotFound);
        (await RegisterAsync(anyone, code)).Blames("invitation");
        var sweep = pamps.Services.GetRequiredService<Sweep>();
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM invitation"));
        time.Advance(TimeSpan.FromDays(31));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM invitation"));
    }

    [Theory, OnEachDatabase]
    public async Task Where_registration_is_closed_no_invitation_opens_it_and_an_open_site_takes_both(
        Database database
    )
    {
        await using var pamps = await StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var code = (string)(await boss.PostAsync("/invitation/", new { uses = 9 }))["code"]!;
        Assert.Equal(Created, (await RegisterAsync(anyone, code)).Status);
        Assert.Equal(Created, (await RegisterAsync(anyone, null)).Status);
        // Whoever says they are invited is told when they are not.
        (await RegisterAsync(anyone, "x")).Blames("invitation");

        site.Registration = "closed";
        Assert.Equal("closed", (string)(await anyone.GetAsync("/config/"))["registration"]!);
        Refused(await RegisterAsync(anyone, null), Forbidden, "registration_closed");
        Refused(await RegisterAsync(anyone, code), Forbidden, "registration_closed");
    }

    private Task<PampsServer> StartAsync(Database database) =>
        PampsServer.StartAsync(
            database,
            options =>
            {
                site = options.Site;
                site.Address = "https://pamps.example.org";
                options.Security.AccessTokenExpireMinutes = options.Security.RefreshTokenExpireMinutes =
                    100_000;
            },
            services: time.Use
        );

    private static void Refused(Answer answer, HttpStatusCode status, string code)
    {
        answer.Refused(status);
        Assert.Equal(code, (string)answer["code"]!);
    }

    private static Task<Answer> RegisterAsync(Client client, string? code, string? username = null) =>
        client.PostAsync("/user/", Registration(code, username ?? Together.NewName()));

    private static JsonObject Registration(string? code, string username)
    {
        var body = Together.Registration(username);
        body["invitation"] = code;
        return body;
    }

    /// <summary>The code of another invitation, under the same sign.</summary>
    private static string Swap(string code) => $"{(code[0] == 'A' ? 'B' : 'A')}{code[1..]}";
}
