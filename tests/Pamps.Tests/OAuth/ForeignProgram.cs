using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.OAuth;

/// <summary>A program that asks people to be let in, as the apps of the Mastodon world do.</summary>
internal sealed class ForeignProgram(PampsServer pamps, Answer registered) : IDisposable
{
    public const string Redirect = "tusky://pamps.example/callback";
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private readonly Client client = pamps.Anonymous();

    public string Id { get; } = (string)registered["client_id"]!;

    public string? Secret { get; } = (string?)registered["client_secret"];

    public static string Challenge { get; } =
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static async Task<ForeignProgram> RegisterAsync(
        PampsServer pamps,
        string scopes = "read write follow push",
        string redirects = Redirect,
        string? authentication = null
    )
    {
        using var anyone = pamps.Anonymous();
        var registered = await anyone.PostAsync(
            "/api/v1/apps",
            new
            {
                client_name = "Tusky <b>",
                redirect_uris = redirects,
                scopes,
                website = "https://tusky.app",
                token_endpoint_auth_method = authentication,
            }
        );
        Assert.Equal(OK, registered.Status);
        return new ForeignProgram(pamps, registered);
    }

    /// <summary>What the page of consent sends; each of these fields can be another.</summary>
    public JsonObject Asks(params (string Name, JsonNode? Value)[] others)
    {
        var asked = new JsonObject
        {
            ["client_id"] = Id,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "read write",
            ["state"] = "a state & more=1",
            ["allow"] = true,
        };
        foreach (var (name, value) in others)
        {
            asked[name] = value?.DeepClone();
        }
        return asked;
    }

    /// <summary>Has somebody let it in, and gives the code that it is led back with.</summary>
    public async Task<string> CodeAsync(Client person, params (string Name, JsonNode? Value)[] others)
    {
        var given = await person.PostAsync("/oauth/consent/", Asks(others));
        Assert.Equal(OK, given.Status);
        return HttpUtility.ParseQueryString(new Uri((string)given["redirect_to"]!).Query)["code"]!;
    }

    /// <summary>Exchanges a code, with each of these fields another; null leaves it out.</summary>
    public Task<Answer> ExchangeAsync(string code, params (string Name, string? Value)[] others) =>
        SendAsync(
            "/oauth/token",
            [
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", Redirect),
                ("client_id", Id),
                ("client_secret", Secret),
                .. others,
            ]
        );

    public Task<Answer> RevokeAsync(string token) =>
        SendAsync("/oauth/revoke", ("token", token), ("client_id", Id), ("client_secret", Secret));

    public Task<Answer> ForItselfAsync(string scope = "read") =>
        SendAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", Id),
            ("client_secret", Secret),
            ("scope", scope)
        );

    /// <summary>Sends a form; of a field that is there twice the later one counts.</summary>
    public Task<Answer> SendAsync(string path, params (string Name, string? Value)[] fields) =>
        client.PostAsync(
            path,
            new FormUrlEncodedContent(
                fields
                    .GroupBy(x => x.Name, x => x.Value)
                    .Where(x => x.Last() is not null)
                    .Select(x => KeyValuePair.Create(x.Key, x.Last()!))
            )
        );

    public Task<Answer> SendAsync(string path, HttpContent body, params (string, string)[] headers) =>
        client.PostAsync(path, body, headers);

    /// <summary>A client that acts for somebody with the token of a program.</summary>
    public async Task<Client> ActForAsync(Client person, string scope = "read write")
    {
        var token = await ExchangeAsync(await CodeAsync(person, ("scope", scope)));
        Assert.Equal(OK, token.Status);
        return With(token, person);
    }

    public Client With(Answer token, Client person)
    {
        var acting = new Client(pamps, person.Username, person.Id);
        acting.UseAccessToken((string)token["access_token"]!);
        return acting;
    }

    public void Dispose() => client.Dispose();
}

internal static class OAuthAnswers
{
    /// <summary>Checks that this is a refusal as RFC 6749 section 5.2 has them.</summary>
    public static void IsError(this Answer answer, string error, HttpStatusCode status = BadRequest)
    {
        Assert.Equal((status, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal(error, (string)answer["error"]!);
        Assert.NotEmpty((string)answer["error_description"]!);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    /// <summary>Checks that a token is good, and not for this.</summary>
    public static void LacksScope(this Answer answer, string? scope)
    {
        answer.Refused(Forbidden);
        Assert.Equal("insufficient_scope", (string)answer["code"]!);
        Assert.Equal(
            "Bearer error=\"insufficient_scope\"" + (scope is null ? "" : $", scope=\"{scope}\""),
            answer.Header("WWW-Authenticate")
        );
    }
}
