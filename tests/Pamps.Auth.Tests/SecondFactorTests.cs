using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pamps.Auth.Tests;

/// <summary>Codes of authenticator apps, recovery codes, and a host that asks for them.</summary>
public class SecondFactorTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory] // RFC 6238, appendix B, of whose eight digits an app shows the last six.
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var step = Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));
        Assert.Equal(code, Totp.CodeOf(Secret, step));
    }

    [Fact]
    public void A_code_is_good_in_its_step_and_in_those_beside_it()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = Totp.StepAt(now);
        long?[] steps = [null, step - 1, step, step + 1, null];
        for (var i = 0; i < steps.Length; i++)
        {
            Assert.Equal(steps[i], Totp.StepOf(Secret, Totp.CodeOf(Secret, step + i - 2), now));
        }
        Assert.Equal(step, Totp.StepOf(Secret, "005 924", now));
        foreach (var wrong in new[] { "", "005925", "5924", "0059240", "００５９２４" })
        {
            Assert.Null(Totp.StepOf(Secret, wrong, now));
        }
    }

    [Fact]
    public void A_secret_is_shown_as_apps_read_it()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Show(Secret));
        // RFC 4648, section 10, without the padding.
        Assert.Equal("MZXW6YTB", Totp.Show("fooba"u8));
        Assert.Equal("MZXW6YQ", Totp.Show("foob"u8));
        Assert.Equal("MY", Totp.Show("f"u8));
        Assert.Equal(
            "otpauth://totp/Caf%C3%A9%20A:ana%40example.org?secret=MZXW6YTB&issuer=Caf%C3%A9%20A",
            Totp.UriOf("fooba"u8, "Café: A", "ana@example.org")
        );
        Assert.NotEqual(Totp.NewSecret(), Totp.NewSecret());
    }

    [Fact]
    public void A_recovery_code_is_known_however_it_is_typed_and_to_its_account_alone()
    {
        var codes = RecoveryCodes.New();
        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        Assert.All(codes, x => Assert.Matches("^([a-z2-7]{6}-){3}[a-z2-7]{6}$", x));
        var hash = RecoveryCodes.HashOf(7, codes[0]);
        Assert.Equal(43, hash!.Length);
        Assert.Equal(hash, RecoveryCodes.HashOf(7, $" {codes[0].ToUpperInvariant().Replace('-', ' ')}"));
        Assert.NotEqual(hash, RecoveryCodes.HashOf(8, codes[0]));
        Assert.NotEqual(hash, RecoveryCodes.HashOf(7, codes[1]));
        foreach (var other in new[] { "", "287082", codes[0][1..], codes[0] + "a", codes[0][..^1] + "1" })
        {
            Assert.Null(RecoveryCodes.HashOf(7, other));
        }
    }

    [Fact]
    public async Task A_host_asks_for_a_code_and_wrong_ones_count_as_wrong_passwords()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        await IsAsync(client, "wrong", "1", "incorrect_credentials");
        await IsAsync(client, "secret", null, "second_factor_needed");
        await IsAsync(client, "secret", "", "second_factor_needed");
        await IsAsync(client, "secret", "2", "wrong_second_factor");
        await IsAsync(client, "secret", "1", null);
        // It was forgiven all; from here on knowing the password forgives nothing.
        for (var i = 0; i < 3; i++)
        {
            await IsAsync(client, "secret", "2", "wrong_second_factor");
            await IsAsync(client, "secret", null, i == 2 ? "too_many_failures" : "second_factor_needed");
        }
        await IsAsync(client, "secret", "1", "too_many_failures");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task IsAsync(HttpClient client, string password, string? otp, string? code)
    {
        var fields = new Dictionary<string, string> { ["username"] = "ana", ["password"] = password };
        if (otp is not null)
        {
            fields["otp"] = otp;
        }
        using var form = new FormUrlEncodedContent(fields);
        var answer = await Answer.ReadAsync(await client.PostAsync("/token", form, Stop), Stop);
        Assert.Equal(
            code switch
            {
                null => HttpStatusCode.OK,
                "too_many_failures" => HttpStatusCode.TooManyRequests,
                _ => HttpStatusCode.Unauthorized,
            },
            answer.Status
        );
        Assert.Equal(code, answer.Json.TryGetProperty("code", out var said) ? said.GetString() : null);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder
            .Services.AddPampsAuth(x =>
            {
                Settings.Quick(x);
                x.SignInFailuresPerAccount = 3;
            })
            .AddInMemoryStores()
            .AddSecondFactorStore<OneOnly>();
        var app = builder.Build();
        app.MapPampsTokens();
        var hash = await app.Services.GetRequiredService<PasswordHashing>().HashAsync("secret", Stop);
        app.Services.GetRequiredService<InMemoryAccountStore>()
            .Put(new Account(1, "ana", hash, Active: true, Superuser: false));
        await app.StartAsync(Stop);
        return app;
    }

    private sealed class OneOnly : ISecondFactorStore
    {
        public Task<SecondFactorCheck> CheckAsync(
            long accountId,
            string? code,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                code switch
                {
                    null => SecondFactorCheck.Missing,
                    "1" => SecondFactorCheck.Right,
                    _ => SecondFactorCheck.Wrong,
                }
            );
    }
}
