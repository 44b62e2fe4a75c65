using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.OAuth;

/// <summary>/oauth/consent/ and /oauth/token: from the question to the token.</summary>
public sealed class CodeTests
{
    [Theory, OnEachDatabase]
    public async Task Somebody_lets_a_program_in_and_it_acts_for_them(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var person = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        using var program = await ForeignProgram.RegisterAsync(pamps);
        var query =
            $"?client_id={program.Id}&redirect_uri={Uri.EscapeDataString(ForeignProgram.Redirect)}&response_type=code&scope=read+write:statuses";

        (await anyone.GetAsync("/oauth/consent/" + query)).Refused(Unauthorized);
        (await anyone.PostAsync("/oauth/consent/", program.Asks())).Refused(Unauthorized);
        var asked = await person.GetAsync("/oauth/consent/" + query);
        asked.Json.HasFields("name", "website", "redirect_uri", "scopes");
        Assert.Equal("Tusky <b>", (string)asked["name"]!);
        Assert.Equal(["read", "write:statuses"], asked["scopes"]!.AsArray().Select(x => (string)x!));

        var given = await person.PostAsync("/oauth/consent/", program.Asks());
        var led = new Uri((string)given["redirect_to"]!);
        Assert.StartsWith(ForeignProgram.Redirect + "?code=", led.OriginalString, StringComparison.Ordinal);
        var back = HttpUtility.ParseQueryString(led.Query);
        Assert.Equal(
            ("a state & more=1", pamps.Address.ToString().TrimEnd('/')),
            (back["state"], back["iss"])
        );
        // Nothing is listed that has not come.
        Assert.Single((await person.GetAsync("/user/me/sessions/")).Items);
        using var body = JsonContent.Create(
            new
            {
                grant_type = "authorization_code",
                code = back["code"],
                redirect_uri = ForeignProgram.Redirect,
                client_id = program.Id,
                client_secret = program.Secret,
            }
        );
        var token = await program.SendAsync("/oauth/token", body);
        Assert.Equal(OK, token.Status);
        token.Json.HasFields("access_token", "token_type", "scope", "created_at");
        Assert.Equal(("Bearer", "read write"), ((string)token["token_type"]!, (string)token["scope"]!));
        Assert.Equal("no-store", token.Header("Cache-Control"));

        using var acting = program.With(token, person);
        var id = await acting.WriteAsync("by a program");
        Assert.Equal(person.Username, (string)(await anyone.GetAsync($"/post/{id}/"))["username"]!);
        var me = await acting.GetAsync("/user/me/");
        Assert.Equal((person.Username, ""), ((string)me["username"]!, (string)me["email"]!));
        var login = (await person.GetAsync("/user/me/sessions/")).Items[0]!;
        login["program"].HasFields("name", "website", "scopes");
        Assert.Equal("Tusky <b>", (string)login["program"]!["name"]!);
        Assert.NotNull(login["last_used_at"]);
        // Only hashes are kept.
        var secrets = $"'{(string)token["access_token"]!}', '{back["code"]}', '{program.Secret}'";
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM application_grant g JOIN application p ON p.id = g.application_id WHERE g.token_hash IN ({secrets}) OR g.code_hash IN ({secrets}) OR p.secret_hash IN ({secrets})"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task Who_says_no_leads_the_program_back_without_a_code_and_the_rest_is_shown_to_copy(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var person = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(
            pamps,
            redirects: "https://a.example/b?c=d\nurn:ietf:wg:oauth:2.0:oob"
        );
        var no = await person.PostAsync(
            "/oauth/consent/",
            program.Asks(("redirect_uri", "https://a.example/b?c=d"), ("allow", false))
        );
        var to = (string)no["redirect_to"]!;
        Assert.StartsWith(
            "https://a.example/b?c=d&error=access_denied&state=a%20state%20%26%20more%3D1&iss=",
            to,
            StringComparison.Ordinal
        );

        var oob = ("redirect_uri", (JsonNode)"urn:ietf:wg:oauth:2.0:oob");
        var shown = await person.PostAsync("/oauth/consent/", program.Asks(oob!));
        Assert.Null(shown["redirect_to"]);
        var token = await program.ExchangeAsync(
            (string)shown["code"]!,
            ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob")
        );
        Assert.Equal(OK, token.Status);
        var neither = await person.PostAsync("/oauth/consent/", program.Asks(oob!, ("allow", false)));
        Assert.Equal(
            ((string?)null, (string?)null),
            ((string?)neither["redirect_to"], (string?)neither["code"])
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_request_that_is_not_right_is_told_the_person_and_leads_nowhere(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var person = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps, "read");
        using var @public = await ForeignProgram.RegisterAsync(pamps, "read", authentication: "none");
        Assert.Null(@public.Secret);
        var read = ("scope", (JsonNode?)"read");
        (string Field, (string, JsonNode?)[] Others)[] wrong =
        [
            ("client_id", [read, ("client_id", "1")]),
            ("client_id", [read, ("client_id", "x")]),
            ("redirect_uri", [read, ("redirect_uri", ForeignProgram.Redirect + "s")]),
            ("redirect_uri", [read, ("redirect_uri", ForeignProgram.Redirect + "?x")]),
            ("redirect_uri", [read, ("redirect_uri", ForeignProgram.Redirect.ToUpperInvariant())]),
            ("response_type", [read, ("response_type", "token")]),
            ("response_type", [read, ("response_type", null)]),
            ("response_mode", [read, ("response_mode", "fragment")]),
            ("scope", [("scope", "write")]),
            ("scope", [("scope", "read nonsense")]),
            ("code_challenge_method", [read, ("code_challenge", ForeignProgram.Challenge)]),
            (
                "code_challenge_method",
                [read, ("code_challenge", ForeignProgram.Verifier), ("code_challenge_method", "plain")]
            ),
            ("code_challenge", [read, ("code_challenge", "short"), ("code_challenge_method", "S256")]),
        ];
        foreach (var (field, others) in wrong)
        {
            var answer = await person.PostAsync("/oauth/consent/", program.Asks(others));
            answer.Blames(field);
            Assert.Null(answer["redirect_to"]);
        }
        (await person.PostAsync("/oauth/consent/", @public.Asks(read))).Blames("code_challenge");
        (await person.PostAsync("/oauth/consent/", new { })).Blames("allow", "client_id", "redirect_uri");
        // Nothing was opened by any of it.
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM login WHERE user_id = {person.Id}")
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_code_is_exchanged_by_its_own_program_alone_with_all_that_belongs_to_it(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var person = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps);
        using var other = await ForeignProgram.RegisterAsync(pamps);
        using var @public = await ForeignProgram.RegisterAsync(pamps, authentication: "none");
        (string, JsonNode?)[] pkce =
        [
            ("code_challenge", ForeignProgram.Challenge),
            ("code_challenge_method", "S256"),
        ];
        var code = await program.CodeAsync(person, pkce);
        var right = ("code_verifier", (string?)ForeignProgram.Verifier);

        (await program.ExchangeAsync(code)).IsError("invalid_grant");
        (await program.ExchangeAsync(code, ("code_verifier", ForeignProgram.Challenge))).IsError(
            "invalid_grant"
        );
        (await program.ExchangeAsync(code, ("code_verifier", ForeignProgram.Verifier + "x"))).IsError(
            "invalid_grant"
        );
        (await program.ExchangeAsync(code + "x", right)).IsError("invalid_grant");
        (await program.ExchangeAsync(code, right, ("redirect_uri", ForeignProgram.Redirect + "s"))).IsError(
            "invalid_grant"
        );
        (await other.ExchangeAsync(code, right)).IsError("invalid_grant");
        (await program.ExchangeAsync(code, right, ("client_secret", null))).IsError(
            "invalid_client",
            Unauthorized
        );
        (await program.ExchangeAsync(code, right, ("client_secret", other.Secret))).IsError(
            "invalid_client",
            Unauthorized
        );
        (await program.ExchangeAsync(code, right, ("client_id", "1"))).IsError(
            "invalid_client",
            Unauthorized
        );
        (await program.ExchangeAsync(code, right, ("redirect_uri", null))).IsError("invalid_request");
        (await program.ExchangeAsync(code, right, ("grant_type", null))).IsError("invalid_request");
        (await program.ExchangeAsync(code, right, ("grant_type", "password"))).IsError(
            "unsupported_grant_type"
        );
        var twice = Client.Raw(
            $"grant_type=authorization_code&code={code}&code={code}",
            "application/x-www-form-urlencoded"
        );
        (await program.SendAsync("/oauth/token", twice)).IsError("invalid_request");
        Assert.Equal(OK, (await program.ExchangeAsync(code, right)).Status);

        // A program without a secret shows none, and PKCE in its place.
        code = await @public.CodeAsync(person, pkce);
        (await @public.ExchangeAsync(code)).IsError("invalid_grant");
        (await @public.ExchangeAsync(code, right, ("client_secret", "x"))).IsError(
            "invalid_client",
            Unauthorized
        );
        Assert.Equal(OK, (await @public.ExchangeAsync(code, right)).Status);
        // A verifier for a code without challenge: somebody has taken the challenge away.
        code = await program.CodeAsync(person);
        (await program.ExchangeAsync(code, right)).IsError("invalid_grant");

        // By HTTP Basic, and by a form of several parts.
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{program.Id}:{program.Secret}"));
        var parts = new MultipartFormDataContent
        {
            { new StringContent("authorization_code"), "grant_type" },
            { new StringContent(code), "code" },
            { new StringContent(ForeignProgram.Redirect), "redirect_uri" },
        };
        Assert.Equal(
            OK,
            (await program.SendAsync("/oauth/token", parts, ("Authorization", $"Basic {basic}"))).Status
        );
        var wrong = await program.SendAsync(
            "/oauth/token",
            new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            ("Authorization", $"Basic {basic}x")
        );
        wrong.IsError("invalid_client", Unauthorized);
        Assert.StartsWith("Basic ", wrong.Header("WWW-Authenticate"), StringComparison.Ordinal);

        code = await program.CodeAsync(person);
        time.Advance(TimeSpan.FromMinutes(5));
        (await program.ExchangeAsync(code)).IsError("invalid_grant");
    }

    [Theory, OnEachDatabase]
    public async Task A_code_shown_again_ends_the_token_that_it_gave(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var person = await pamps.RegisterAsync();
        using var program = await ForeignProgram.RegisterAsync(pamps);
        using var other = await ForeignProgram.RegisterAsync(pamps);
        using var untouched = await program.ActForAsync(person);
        var code = await program.CodeAsync(person);
        using var acting = program.With(await program.ExchangeAsync(code), person);
        Assert.Equal(OK, (await acting.GetAsync("/user/me/")).Status);

        // Another program can end nothing with it.
        (await other.ExchangeAsync(code)).IsError("invalid_grant");
        Assert.Equal(OK, (await acting.GetAsync("/user/me/")).Status);
        (await program.ExchangeAsync(code)).IsError("invalid_grant");
        (await acting.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Equal(OK, (await untouched.GetAsync("/user/me/")).Status);

        code = await program.CodeAsync(person);
        var answers = await Together.AtOnceAsync(() => program.ExchangeAsync(code));
        Assert.InRange(answers.Count(x => x.Status == OK), 1, 1);
        using var first = program.With(answers.Single(x => x.Status == OK), person);
        (await first.GetAsync("/user/me/")).Refused(Unauthorized);
    }
}
