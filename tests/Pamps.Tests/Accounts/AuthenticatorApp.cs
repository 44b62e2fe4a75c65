using System.Net;
using Pamps.Auth;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>Somebody's authenticator app, by the test's clock, which goes on a step after each code.</summary>
internal sealed class AuthenticatorApp(string secret, FakeTime time)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public const string Address = "/user/me/second-factor/";

    /// <summary>A code that was not shown before.</summary>
    public string Next()
    {
        time.Advance(Totp.Step);
        return Totp.CodeOf(Bytes(), Totp.StepAt(time.GetUtcNow()));
    }

    /// <summary>A code that is wrong.</summary>
    public string Wrong() =>
        Enumerable
            .Range(0, 1_000_000)
            .Select(x => x.ToString("D6", System.Globalization.CultureInfo.InvariantCulture))
            .First(x => Totp.StepOf(Bytes(), x, time.GetUtcNow()) is null);

    /// <summary>Begins to set one up for a user.</summary>
    public static async Task<AuthenticatorApp> BeginAsync(Client user, FakeTime time)
    {
        var begun = await user.PostAsync(Address, new { password = Client.DefaultPassword });
        Assert.Equal(HttpStatusCode.OK, begun.Status);
        begun.Json.HasFields("secret", "uri");
        return new AuthenticatorApp((string)begun["secret"]!, time);
    }

    /// <summary>Sets one up for a user.</summary>
    /// <returns>The app and the recovery codes.</returns>
    public static async Task<(AuthenticatorApp App, IReadOnlyList<string> Codes)> SetUpAsync(
        Client user,
        FakeTime time
    )
    {
        var app = await BeginAsync(user, time);
        var confirmed = await user.PostAsync($"{Address}confirm/", new { code = app.Next() });
        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        return (app, CodesOf(confirmed));
    }

    public static IReadOnlyList<string> CodesOf(Answer answer) =>
        [.. answer["recovery_codes"]!.AsArray().Select(x => (string)x!)];

    /// <summary>Signs in, and keeps nothing of the answer.</summary>
    public static Task<Answer> SignInAsync(
        Client user,
        string? otp,
        string password = Client.DefaultPassword
    ) =>
        user.SendAsync(
            HttpMethod.Post,
            "/token",
            new FormUrlEncodedContent([
                new("username", user.Username),
                new("password", password),
                .. otp is null ? Array.Empty<KeyValuePair<string, string>>() : [new("otp", otp)],
            ])
        );

    private byte[] Bytes()
    {
        var bits = string.Concat(
            secret.Select(x =>
                Convert.ToString(Letters.IndexOf(x, StringComparison.Ordinal), 2).PadLeft(5, '0')
            )
        );
        return [.. bits.Chunk(8).Where(x => x.Length == 8).Select(x => Convert.ToByte(new string(x), 2))];
    }
}
