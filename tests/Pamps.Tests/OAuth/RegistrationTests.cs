using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Limits;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.OAuth;

/// <summary>POST /api/v1/apps, and what a server says of itself.</summary>
public sealed class RegistrationTests
{
    private const string Path = "/api/v1/apps";

    [Theory, OnEachDatabase]
    public async Task A_program_registers_by_JSON_and_by_each_kind_of_form(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        const string oob = "urn:ietf:wg:oauth:2.0:oob";
        (string, string)[] fields = [("client_name", "Tusky"), ("redirect_uris", $"{oob}\ntusky://x")];
        var multipart = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            multipart.Add(new StringContent(value), name);
        }
        HttpContent[] bodies =
        [
            JsonContent.Create(
                new
                {
                    client_name = "Tusky",
                    redirect_uris = new[] { oob, "tusky://x" },
                    website = "",
                }
            ),
            JsonContent.Create(new { client_name = "Tusky", redirect_uris = $"{oob}\ntusky://x" }),
            new FormUrlEncodedContent(fields.Select(x => KeyValuePair.Create(x.Item1, x.Item2))),
            new FormUrlEncodedContent([
                new("client_name", "Tusky"),
                new("redirect_uris[]", oob),
                new("redirect_uris[]", "tusky://x"),
            ]),
            multipart,
        ];
        foreach (var body in bodies)
        {
            var made = await anyone.PostAsync(Path, body, ("Origin", "https://elk.example"));

            Assert.Equal(OK, made.Status);
            Assert.Equal("*", made.Header("Access-Control-Allow-Origin"));
            Assert.Equal("no-store", made.Header("Cache-Control"));
            made.Json.HasFields(
                "id",
                "name",
                "website",
                "scopes",
                "redirect_uri",
                "redirect_uris",
                "client_id",
                "client_secret",
                "client_secret_expires_at"
            );
            Assert.Equal(("Tusky", (string?)null), ((string)made["name"]!, (string?)made["website"]));
            Assert.Equal($"{oob}\ntusky://x", (string)made["redirect_uri"]!);
            Assert.Equal(2, made["redirect_uris"]!.AsArray().Count);
            Assert.Equal(["read"], made["scopes"]!.AsArray().Select(x => (string)x!));
            Assert.Equal(43, ((string)made["client_secret"]!).Length);
        }
        var preflight = await anyone.SendAsync(
            HttpMethod.Options,
            Path,
            null,
            ("Origin", "https://elk.example"),
            ("Access-Control-Request-Method", "POST")
        );
        Assert.Equal("*", preflight.Header("Access-Control-Allow-Origin"));
        var metadata = await anyone.GetAsync("/.well-known/oauth-authorization-server");
        Assert.Equal($"{pamps.Address}oauth/token", (string)metadata["token_endpoint"]!);
        Assert.Equal(
            ["S256"],
            metadata["code_challenge_methods_supported"]!.AsArray().Select(x => (string)x!)
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_no_program_may_say_of_itself_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        string[] redirects =
        [
            "",
            "x",
            "/path",
            "//example.org/x",
            "javascript:alert(1)",
            "JavaScript://x/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http://example.org/callback",
            "https://example.org/#fragment",
            "https://somebody@example.org/",
            "https://example.org/é",
            "https://example.org/\"",
            "https://",
            new string('a', 2000) + "://x",
            string.Join('\n', Enumerable.Range(0, 11).Select(x => $"tusky://{x}")),
            "tusky://good\njavascript:alert(1)",
        ];
        foreach (var redirect in redirects)
        {
            var answer = await anyone.PostAsync(Path, new { client_name = "x", redirect_uris = redirect });
            answer.IsError("invalid_redirect_uri");
        }
        (JsonObject Body, string Error)[] others =
        [
            (new() { ["client_name"] = "", ["redirect_uris"] = "app://b" }, "invalid_client_metadata"),
            (
                new() { ["client_name"] = new string('x', 101), ["redirect_uris"] = "app://b" },
                "invalid_client_metadata"
            ),
            (
                new()
                {
                    ["client_name"] = "x",
                    ["redirect_uris"] = "app://b",
                    ["website"] = "javascript:x",
                },
                "invalid_client_metadata"
            ),
            (
                new()
                {
                    ["client_name"] = "x",
                    ["redirect_uris"] = "app://b",
                    ["scopes"] = "read admin:read",
                },
                "invalid_scope"
            ),
            (
                new() { ["client_name"] = new JsonArray("x", "y"), ["redirect_uris"] = "app://b" },
                "invalid_request"
            ),
        ];
        foreach (var (body, error) in others)
        {
            (await anyone.PostAsync(Path, body)).IsError(error);
        }
        // What no database keeps is written as addresses are.
        var odd = await anyone.PostAsync(
            Path,
            new
            {
                client_name = "x",
                redirect_uris = "app://b",
                website = "https://a.example/\0é",
            }
        );
        Assert.Equal("https://a.example/%00%C3%A9", (string)odd["website"]!);
        foreach (var broken in new[] { Client.Raw("{"), Client.Raw("[]"), Client.Raw("x", "text/plain") })
        {
            (await anyone.PostAsync(Path, broken)).IsError("invalid_request");
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_address_registers_so_many_and_those_that_nobody_lets_in_are_forgotten(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time, x =>
            x.AddressApplicationsPerHour = 5
        );
        using var person = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(() => RegisterAsync("2001:db8:0:1::1"));

        answers.Split(5, OK, others: TooManyRequests);
        var refused = answers.First(x => x.Status != OK);
        refused.IsError("too_many_applications", TooManyRequests);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(OK, (await RegisterAsync("2001:db8:0:2::1")).Status);
        using var used = new ForeignProgram(pamps, await RegisterAsync("2001:db8:0:3::1"));
        using var itself = new ForeignProgram(pamps, await RegisterAsync("2001:db8:0:4::1"));
        using var acting = await used.ActForAsync(person, "read");
        Assert.Equal(OK, (await itself.ForItselfAsync()).Status);

        time.Advance(TimeSpan.FromHours(25));
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, await pamps.CountAsync("application"));
        Assert.Equal(OK, (await acting.GetAsync("/user/me/")).Status);
        time.Advance(TimeSpan.FromDays(90));
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await pamps.CountAsync("application"));
        Assert.Equal(OK, (await acting.GetAsync("/user/me/")).Status);
        Assert.Equal(OK, (await used.RevokeAsync(acting.AccessToken)).Status);
        time.Advance(TimeSpan.FromDays(91));
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await pamps.CountAsync("application"));

        Task<Answer> RegisterAsync(string address) =>
            person.PostAsync(
                Path,
                new { client_name = "x", redirect_uris = ForeignProgram.Redirect },
                Limited.From(address)
            );
    }
}
