using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.OAuth;

/// <summary>What the token of a program opens, and what ends it.</summary>
public sealed class TokenTests
{
    [Theory, OnEachDatabase]
    public async Task A_token_opens_what_was_allowed_and_nothing_that_is_nobodys_but_the_persons(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var super = await pamps.RegisterSuperuserAsync();
        using var other = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps, "read write follow profile");
        var foreign = await other.WriteAsync("somebody else's");
        var secret = await super.PostAsync(
            "/post/",
            new { text = "for followers", visibility = "followers" }
        );

        using var reader = await program.ActForAsync(super, "read");
        Assert.Equal(OK, (await reader.GetAsync("/user/timeline/")).Status);
        Assert.Equal(OK, (await reader.GetAsync($"/post/{secret["id"]}/")).Status);
        (await reader.PostAsync("/post/", new { text = "x" })).LacksScope("write:statuses");
        (await reader.PostAsync($"/post/{foreign}/like/")).LacksScope("write:favourites");
        (await reader.GetAsync("/oauth/userinfo")).LacksScope("profile");

        using var finer = await program.ActForAsync(super, "read:statuses profile");
        Assert.Equal(OK, (await finer.GetAsync("/user/timeline/")).Status);
        (await finer.GetAsync("/user/me/")).LacksScope("read:accounts");
        (await finer.GetAsync("/stream/")).LacksScope("read");
        var info = await finer.GetAsync("/oauth/userinfo");
        info.Json.HasFields("iss", "sub", "name", "preferred_username", "profile", "picture");
        Assert.Equal($"{super.Id}", (string)info["sub"]!);

        // What everybody may read stays what it is to strangers.
        using var writer = await program.ActForAsync(super, "write follow");
        Assert.Equal(OK, (await writer.GetAsync($"/post/{foreign}/")).Status);
        (await writer.GetAsync($"/post/{secret["id"]}/")).Refused(NotFound);
        Assert.Equal(Created, (await writer.PostAsync($"/user/follow/{other.Id}/")).Status);
        Assert.Equal(OK, (await writer.GetAsync("/user/blocks/")).Status);

        // Not even everything opens these, and a superuser's program is none.
        using var everything = await program.ActForAsync(super, "read write follow profile");
        (await everything.DeleteAsync($"/post/{foreign}/")).Refused(Forbidden);
        (string Method, string Path)[] never =
        [
            ("POST", "/user/me/password/"),
            ("DELETE", "/user/me/"),
            ("POST", "/user/me/second-factor/"),
            ("GET", "/user/me/passkeys/"),
            ("POST", "/user/me/passkeys/options/"),
            ("POST", "/user/me/passkeys/"),
            ("GET", "/user/me/email/"),
            ("POST", "/user/me/email/"),
            ("GET", "/user/me/sessions/"),
            ("DELETE", "/user/me/sessions/1/"),
            ("POST", "/invitation/"),
            ("GET", "/moderation/report/"),
            ("DELETE", $"/user/{other.Username}/"),
            ("PATCH", $"/user/{other.Username}/"),
            ("POST", $"/user/{other.Username}/password/token/"),
            ("GET", "/oauth/consent/"),
            ("POST", "/oauth/consent/"),
        ];
        foreach (var (method, path) in never)
        {
            var body = method == "GET" ? null : Client.Raw("{}");
            (await everything.SendAsync(new HttpMethod(method), path, body)).LacksScope(null);
        }
    }

    [Fact, Trait("Needs", "own process")]
    public async Task The_endpoints_that_no_program_may_call_are_these()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        var closed = pamps
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(x => x.Metadata.GetMetadata<IAuthorizeData>() is not null)
            .Where(x => x.Metadata.GetMetadata<ScopeMetadata>() is null)
            .Select(x => x.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName);
        string[] never =
        [
            "ActOnUser",
            "AddPasskey",
            "AppealNotice",
            "ApproveRegistration",
            "AskForArchive",
            "AskForEmail",
            "BeginPasskey",
            "BeginSecondFactor",
            "CancelImport",
            "ChangePassword",
            "CloseAppeal",
            "CloseReport",
            "ConfirmSecondFactor",
            "DeleteArchive",
            "DeleteMe",
            "DeleteSiteText",
            "DeleteUser",
            "DownloadArchive",
            "EndInvitation",
            "EndOtherSession",
            "GiveConsent",
            "Import",
            "ListActions",
            "ListAppeals",
            "ListImports",
            "ListInvitations",
            "ListNotices",
            "ListOtherAccounts",
            "ListPasskeys",
            "ListRegistrations",
            "ListReports",
            "ListSessions",
            "ListSiteTexts",
            "MakeInvitation",
            "MakeResetToken",
            "MarkNoticesSeen",
            "ModerateUser",
            "ReadArchive",
            "ReadConsent",
            "ReadEmail",
            "ReadImport",
            "ReadModeratedUser",
            "ReadReport",
            "ReadSecondFactor",
            "RefuseRegistration",
            "RemovePasskey",
            "RemoveSecondFactor",
            "RenamePasskey",
            "RenewRecoveryCodes",
            "WriteSiteText",
        ];
        Assert.Equal(never, closed.Order(StringComparer.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task A_token_ends_when_the_program_or_the_person_ends_it_and_whenever_logins_do(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var person = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps);
        using var other = await ForeignProgram.RegisterAsync(pamps);

        // By the program: again and again, and never by another one.
        using var revoked = await program.ActForAsync(person);
        (await other.RevokeAsync(revoked.AccessToken)).IsError("unauthorized_client", Forbidden);
        (
            await program.SendAsync(
                "/oauth/revoke",
                ("token", revoked.AccessToken),
                ("client_id", program.Id)
            )
        ).IsError("invalid_client", Unauthorized);
        Assert.Equal(OK, (await revoked.GetAsync("/user/me/")).Status);
        for (var i = 0; i < 2; i++)
        {
            var ended = await program.RevokeAsync(revoked.AccessToken);
            Assert.Equal((OK, "{}"), (ended.Status, ended.Body));
        }
        (await revoked.GetAsync("/user/me/")).Refused(Unauthorized);

        // By the person, and its streams with it.
        using var listed = await program.ActForAsync(person);
        using var stream = await LiveStream.OpenAsync(listed);
        var id = (await person.GetAsync("/user/me/sessions/")).Ids[0];
        (await stranger.DeleteAsync($"/user/me/sessions/{id}/")).Refused(NotFound);
        Assert.Equal(NoContent, (await person.DeleteAsync($"/user/me/sessions/{id}/")).Status);
        (await listed.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Null(await stream.NextAsync());

        // By a new password, which ends a code that was not exchanged yet, too.
        using var before = await program.ActForAsync(person);
        var code = await program.CodeAsync(person);
        var password = new { current_password = Client.DefaultPassword, new_password = "battery staple" };
        Assert.Equal(NoContent, (await person.PostAsync("/user/me/password/", password)).Status);
        (await before.GetAsync("/user/me/")).Refused(Unauthorized);
        (await program.ExchangeAsync(code)).IsError("invalid_grant");

        // By a suspension.
        using var suspended = await program.ActForAsync(person);
        code = await program.CodeAsync(person);
        var moderate = pamps.Services.GetRequiredService<ModerateUser>();
        await moderate.RunAsync(
            Viewer.Operator,
            person.Username,
            superuser: null,
            active: false,
            TestContext.Current.CancellationToken
        );
        (await suspended.GetAsync("/user/me/")).Refused(Unauthorized);
        (await program.ExchangeAsync(code)).IsError("invalid_grant");

        // With the account.
        using var left = await program.ActForAsync(stranger);
        Assert.Equal(NoContent, (await stranger.DeleteAsync("/user/me/")).Status);
        (await left.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM application_grant WHERE application_id = {program.Id}"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_programs_own_token_is_nobodys(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var person = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps, "read write");
        using var @public = await ForeignProgram.RegisterAsync(pamps, authentication: "none");

        var token = await program.ForItselfAsync("read write:statuses");
        Assert.Equal((OK, "read write:statuses"), (token.Status, (string)token["scope"]!));
        using var nobody = program.With(token, person);
        (await nobody.GetAsync("/user/me/")).Refused(Forbidden);
        (await nobody.PostAsync("/post/", new { text = "x" })).Refused(Forbidden);
        Assert.Equal(OK, (await nobody.GetAsync("/post/")).Status);
        Assert.Equal(OK, (await program.RevokeAsync(nobody.AccessToken)).Status);
        (await nobody.GetAsync("/user/me/")).Refused(Unauthorized);

        (await program.ForItselfAsync("follow")).IsError("invalid_scope");
        (await program.ForItselfAsync("nonsense")).IsError("invalid_scope");
        (await @public.ForItselfAsync()).IsError("unauthorized_client");
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(OK, (await program.ForItselfAsync()).Status);
        }
        Assert.Equal(
            10,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM application_grant WHERE application_id = {program.Id}"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_token_runs_out_where_the_site_says_so_and_is_written_down_when_used(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Security.ProgramTokenDays = 7,
            services: time.Use
        );
        using var person = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps);
        var token = await program.ExchangeAsync(await program.CodeAsync(person));
        Assert.Equal(7 * 24 * 60 * 60, (int)token["expires_in"]!);
        using var acting = program.With(token, person);
        Assert.Equal(OK, (await acting.GetAsync("/user/me/")).Status);

        time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        // What is remembered is so for a second of the machine's.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(OK, (await acting.GetAsync("/user/me/")).Status);
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM login WHERE user_id = {person.Id} AND last_used_at > '2030-01-09'"
            )
        );
        time.Advance(TimeSpan.FromSeconds(1));
        (await acting.GetAsync("/user/me/")).Refused(Unauthorized);
    }
}
