using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.OAuth;
using Pamps.Tests.Streaming;

namespace Pamps.Tests.Startup;

/// <summary>A server that only reads, beside one on the same database that writes too.</summary>
public sealed class ReadOnlyTests
{
    private const string Key = "the same key for both servers, of 32 bytes at least";

    [Theory, OnEachDatabase]
    public async Task Every_write_answers_503_and_changes_nothing(Database database)
    {
        await using var writing = await StartAsync(database);
        using var beto = await writing.RegisterAsync("beto");
        using var ana = await writing.RegisterSuperuserAsync();
        await ana.SignInAsync();
        var post = await ana.WriteAsync("before");
        var other = await beto.WriteAsync("also before");
        using var signedIn = new Browser(writing);
        await signedIn.SignInAsync(ana);
        using var program = await ForeignProgram.RegisterAsync(writing);
        using var acting = await program.ActForAsync(ana);
        await using var reading = await StartAsync(database, writing);
        using var reader = new Client(reading, ana.Username, ana.Id);
        reader.UseAccessToken(ana.AccessToken);
        using var passkey = await PasskeyDevice.OfAsync(ana);
        using var second = new PasskeyDevice();
        var begun = await PasskeyDevice.BeginAsync(ana);
        var (asked, challenge) = await PasskeyDevice.AskAsync(signedIn);
        var shown = passkey.Answer(asked);
        using var browser = new Browser(reading) { Cookie = $"{signedIn.Cookie}; {challenge}" };
        var login = (long)(await reader.GetAsync("/user/me/sessions/")).Items[0]!["id"]!;
        string[] lists =
        [
            "/post/",
            "/user/",
            "/user/me/sessions/",
            $"/post/{post}/",
            $"/post/{other}/likes/",
        ];
        var before = await ReadAsync(reader, lists);

        var form = new Dictionary<string, string>
        {
            ["username"] = ana.Username,
            ["password"] = Client.DefaultPassword,
        };
        var password = new { current_password = Client.DefaultPassword, new_password = "battery staple" };
        (string Operation, string Path, object? Body)[] writes =
        [
            (
                "post /user/",
                "/user/",
                new
                {
                    username = "caio",
                    email = "c@example.org",
                    password = "long enough",
                }
            ),
            ("delete /user/{username}/", $"/user/{beto.Username}/", null),
            ("patch /user/{username}/", $"/user/{beto.Username}/", new { active = false }),
            ("post /user/follow/{id}/", $"/user/follow/{beto.Id}/", null),
            ("delete /user/follow/{id}/", $"/user/follow/{beto.Id}/", null),
            ("post /user/block/{name}/", $"/user/block/{beto.Username}/", null),
            ("delete /user/block/{name}/", $"/user/block/{beto.Username}/", null),
            ("post /user/mute/{name}/", $"/user/mute/{beto.Username}/", null),
            ("delete /user/mute/{name}/", $"/user/mute/{beto.Username}/", null),
            (
                "post /user/follow_requests/{name}/accept/",
                $"/user/follow_requests/{beto.Username}/accept/",
                null
            ),
            (
                "post /user/follow_requests/{name}/reject/",
                $"/user/follow_requests/{beto.Username}/reject/",
                null
            ),
            ("patch /user/me/", "/user/me/", new { bio = "after" }),
            ("delete /user/me/", "/user/me/", new { password = Client.DefaultPassword }),
            ("post /user/me/password/", "/user/me/password/", password),
            ("post /user/me/email/", "/user/me/email/", new { }),
            ("post /user/email/confirm/", "/user/email/confirm/", new { token = new string('A', 80) }),
            (
                "post /user/me/second-factor/",
                "/user/me/second-factor/",
                new { password = Client.DefaultPassword }
            ),
            ("post /user/me/second-factor/confirm/", "/user/me/second-factor/confirm/", new { code = "1" }),
            (
                "post /user/me/second-factor/recovery-codes/",
                "/user/me/second-factor/recovery-codes/",
                new { password = Client.DefaultPassword, code = "1" }
            ),
            (
                "delete /user/me/second-factor/",
                "/user/me/second-factor/",
                new { password = Client.DefaultPassword, code = "1" }
            ),
            (
                "post /user/me/passkeys/options/",
                "/user/me/passkeys/options/",
                new { password = Client.DefaultPassword }
            ),
            (
                "post /user/me/passkeys/",
                "/user/me/passkeys/",
                new
                {
                    name = "x",
                    state = (string)begun["state"]!,
                    credential = second.Make(begun["options"]!),
                }
            ),
            ("patch /user/me/passkeys/{id}/", "/user/me/passkeys/1/", new { name = "x" }),
            (
                "delete /user/me/passkeys/{id}/",
                "/user/me/passkeys/1/",
                new { password = Client.DefaultPassword }
            ),
            ("post /session/passkey/", "/session/passkey/", new { credential = shown }),
            ("post /user/{username}/password/token/", $"/user/{beto.Username}/password/token/", null),
            (
                "post /user/suspension/",
                "/user/suspension/",
                new { username = beto.Username, password = Client.DefaultPassword }
            ),
            ("post /user/password/forgot/", "/user/password/forgot/", new { username = beto.Username }),
            (
                "post /user/password/reset/",
                "/user/password/reset/",
                new { token = await TokenAsync(writing, beto.Username), password = "battery staple" }
            ),
            ("post /user/me/archive/", "/user/me/archive/", null),
            ("delete /user/me/archive/", "/user/me/archive/", null),
            (
                "post /user/me/imports/",
                "/user/me/imports/",
                new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "x.zip" } }
            ),
            ("delete /user/me/imports/{id}/", "/user/me/imports/1/", null),
            ("post /invitation/", "/invitation/", new { uses = 1 }),
            ("patch /notification/policy/", "/notification/policy/", new { direct = "drop" }),
            ("post /notification/aside/{name}/accept/", $"/notification/aside/{beto.Username}/accept/", null),
            ("delete /notification/aside/{name}/", $"/notification/aside/{beto.Username}/", null),
            ("delete /notification/accepted/{name}/", $"/notification/accepted/{beto.Username}/", null),
            ("post /filter/", "/filter/", new { title = "x", context = new[] { "home" } }),
            ("patch /filter/{id}/", "/filter/1/", new { title = "x" }),
            ("delete /filter/{id}/", "/filter/1/", null),
            ("delete /invitation/{id}/", "/invitation/1/", null),
            ("put /site/text/{key}/{locale}/", "/site/text/rules/en/", new { body = "x" }),
            ("delete /site/text/{key}/{locale}/", "/site/text/rules/en/", null),
            ("post /report/", "/report/", new { username = beto.Username }),
            ("post /user/me/notices/{id}/appeal/", "/user/me/notices/1/appeal/", new { text = "x" }),
            (
                "post /moderation/appeal/{id}/close/",
                "/moderation/appeal/1/close/",
                new { outcome = "refused" }
            ),
            ("post /user/me/notices/seen/", "/user/me/notices/seen/", new { up_to = 1 }),
            (
                "post /moderation/report/{id}/close/",
                "/moderation/report/1/close/",
                new { outcome = "dismissed" }
            ),
            (
                "post /moderation/registration/{username}/approve/",
                "/moderation/registration/x/approve/",
                null
            ),
            ("post /moderation/registration/{username}/refuse/", "/moderation/registration/x/refuse/", null),
            (
                "post /moderation/user/{username}/action/",
                $"/moderation/user/{beto.Username}/action/",
                new { action = "suspend" }
            ),
            (
                "post /media/",
                "/media/",
                new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "x.png" } }
            ),
            ("patch /media/{id}/", "/media/1/", new { description = "after" }),
            ("delete /media/{id}/", "/media/1/", null),
            ("post /post/", "/post/", new { text = "after" }),
            ("put /post/{id}/", $"/post/{post}/", new { text = "after" }),
            ("patch /post/{id}/", $"/post/{post}/", new { text = "after" }),
            ("delete /post/{id}/", $"/post/{post}/", null),
            ("post /post/{id}/like/", $"/post/{other}/like/", null),
            ("delete /post/{id}/like/", $"/post/{other}/like/", null),
            ("post /post/{id}/bookmark/", $"/post/{other}/bookmark/", null),
            ("delete /post/{id}/bookmark/", $"/post/{other}/bookmark/", null),
            ("put /post/{id}/pin/", $"/post/{other}/pin/", null),
            ("delete /post/{id}/pin/", $"/post/{other}/pin/", null),
            ("post /notification/read/", "/notification/read/", new { up_to = 1 }),
            ("post /oauth/consent/", "/oauth/consent/", program.Asks()),
            (
                "post /api/v1/apps",
                "/api/v1/apps",
                new { client_name = "x", redirect_uris = ForeignProgram.Redirect }
            ),
            (
                "post /oauth/token",
                "/oauth/token",
                new
                {
                    grant_type = "client_credentials",
                    client_id = program.Id,
                    client_secret = program.Secret,
                }
            ),
            (
                "post /oauth/revoke",
                "/oauth/revoke",
                new
                {
                    token = acting.AccessToken,
                    client_id = program.Id,
                    client_secret = program.Secret,
                }
            ),
            ("post /token", "/token", new FormUrlEncodedContent(form)),
            ("post /refresh_token", "/refresh_token", new { refresh_token = ana.RefreshToken }),
            ("post /logout", "/logout", new { refresh_token = ana.RefreshToken }),
            ("post /session/", "/session/", form),
            ("delete /session/", "/session/", null),
            ("post /session/refresh/", "/session/refresh/", null),
            ("delete /user/me/sessions/{id}/", $"/user/me/sessions/{login}/", null),
        ];
        foreach (var (operation, path, body) in writes)
        {
            var method = new HttpMethod(operation.Split(' ')[0].ToUpperInvariant());
            var answer = path.StartsWith("/session/", StringComparison.Ordinal)
                ? await browser.SendAsync(method, path, body)
                : await reader.SendAsync(
                    method,
                    path,
                    body as HttpContent
                        ?? (
                            body is null
                                ? null
                                : System.Net.Http.Json.JsonContent.Create(body, body.GetType())
                        )
                );
            Assert.True(
                answer.Status == HttpStatusCode.ServiceUnavailable,
                $"{operation}: {answer.Status} {answer.Body}"
            );
            Assert.Contains(
                "only be read",
                answer.Refused(HttpStatusCode.ServiceUnavailable),
                StringComparison.Ordinal
            );
            Assert.Equal("60", answer.Header("Retry-After"));
        }

        // None was left out.
        var paths = (await reader.GetAsync("/openapi.json"))["paths"]!.AsObject();
        Assert.Equal(
            paths
                .SelectMany(x => x.Value!.AsObject().Select(o => $"{o.Key} {x.Key}"))
                .Where(x => !x.StartsWith("get ", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            writes.Select(x => x.Operation).Order(StringComparer.Ordinal)
        );
        Assert.Equal(before, await ReadAsync(reader, lists));
        await ana.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task It_is_ready_and_says_so_and_its_streams_go_on(Database database)
    {
        await using var writing = await StartAsync(database);
        using var ana = await writing.RegisterAsync("ana");
        await using var reading = await StartAsync(database, writing);
        using var reader = new Client(reading, ana.Username, ana.Id);
        reader.UseAccessToken(ana.AccessToken);
        Assert.Equal("read-only", (string)(await reader.GetAsync("/health/ready"))["status"]!);
        Assert.Equal("ok", (string)(await ana.GetAsync("/health/ready"))["status"]!);
        using var stream = await LiveStream.OpenAsync(reader);

        var id = await ana.WriteAsync("by way of the other server");

        await stream.ExpectAsync("post", id);
    }

    [Theory, OnEachDatabase]
    public async Task The_flag_and_the_setting_serve_read_only_but_no_older_schema(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        await using (var pamps = await workplace.StartAsync("serve", "--port", "0", "--read-only"))
        {
            await pamps.ListensAsync();
            await pamps.SaysAsync(x => x.Contains("Read-only", StringComparison.Ordinal));
        }
        (await workplace.RunAsync("db", "downgrade", "Social", "--force")).Succeeded();
        workplace.With("PAMPS_DB__READ_ONLY", "true").With("PAMPS_DB__UPGRADE_AT_START", "true");
        var line = (await workplace.RunAsync("serve", "--port", "0")).Refused();
        Assert.Contains("read-only it is not upgraded", line, StringComparison.Ordinal);
        Assert.Contains(
            "pending",
            (await workplace.RunAsync("db", "status")).Output,
            StringComparison.Ordinal
        );
        var create = await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse");
        Assert.NotEqual(0, create.ExitCode);
    }

    private static Task<PampsServer> StartAsync(Database database, PampsServer? beside = null) =>
        PampsServer.StartAsync(database, x =>
        {
            x.Security.SecretKey = Key;
            x.Mail.Uri = "smtp://localhost?tls=none";
            x.Site.ConfirmEmail = false;
            x.Mail.From = "pamps@example.org";
            x.Site.Address = PasskeyDevice.Site;
            x.Db.Uri = beside?.Options.Db.Uri ?? "";
            x.Db.ReadOnly = beside is not null;
        });

    private static async Task<string> TokenAsync(PampsServer pamps, string username)
    {
        var made = await pamps
            .Services.GetRequiredService<MakeResetToken>()
            .RunAsync(Viewer.Operator, username, TestContext.Current.CancellationToken);
        return made.Value.Value;
    }

    private static async Task<string> ReadAsync(Client client, string[] paths)
    {
        var read = await Task.WhenAll(paths.Select(x => client.GetAsync(x)));
        Assert.All(read, x => Assert.Equal(HttpStatusCode.OK, x.Status));
        return string.Join('\n', read.Select(x => x.Body));
    }
}
