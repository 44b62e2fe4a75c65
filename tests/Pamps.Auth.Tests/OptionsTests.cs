using Microsoft.Extensions.Options;

namespace Pamps.Auth.Tests;

public class OptionsTests
{
    [Theory]
    [InlineData("HS256", 31, 32)]
    [InlineData("HS384", 47, 48)]
    [InlineData("HS512", 63, 64)]
    public async Task A_key_that_is_too_short_stops_the_start_with_one_line(
        string algorithm,
        int has,
        int needs
    )
    {
        var message = await FailAsync(it =>
        {
            it.Algorithm = algorithm;
            it.SecretKey = new string('k', has);
        });
        Assert.Equal($"SecretKey must have at least {needs} bytes for {algorithm}, it has {has}.", message);
        await using var host = await TestHost.StartAsync(it =>
        {
            it.Algorithm = algorithm;
            it.SecretKey = new string('k', needs);
        });
    }

    [Fact]
    public async Task A_key_is_measured_in_bytes_and_not_in_letters()
    {
        await using var host = await TestHost.StartAsync(it => it.SecretKey = new string('é', 16));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("RS256")]
    [InlineData("hs256")]
    [InlineData("")]
    public async Task An_algorithm_that_is_not_known_stops_the_start(string algorithm) =>
        Assert.Equal(
            "Algorithm must be HS256, HS384 or HS512.",
            await FailAsync(it => it.Algorithm = algorithm)
        );

    [Fact]
    public async Task A_number_out_of_range_stops_the_start_by_its_name()
    {
        Assert.StartsWith("PasswordIterations ", await FailAsync(it => it.PasswordIterations = 0));
        Assert.StartsWith("ParallelHashes ", await FailAsync(it => it.ParallelHashes = 0));
        Assert.StartsWith("WaitingHashes ", await FailAsync(it => it.WaitingHashes = -1));
        Assert.StartsWith(
            "SignInFailuresPerAccount ",
            await FailAsync(it => it.SignInFailuresPerAccount = 0)
        );
        Assert.StartsWith(
            "SignInFailuresPerAddress ",
            await FailAsync(it => it.SignInFailuresPerAddress = 0)
        );
        Assert.StartsWith("SignInFailureWindow ", await FailAsync(it => it.SignInFailureWindow = default));
        Assert.StartsWith("AccessTokenLifetime ", await FailAsync(it => it.AccessTokenLifetime = default));
        Assert.StartsWith(
            "RefreshTokenLifetime ",
            await FailAsync(it => it.RefreshTokenLifetime = TimeSpan.MaxValue)
        );
    }

    private static async Task<string> FailAsync(Action<PampsAuthOptions> configure)
    {
        var failure = await Assert.ThrowsAnyAsync<OptionsValidationException>(async () =>
        {
            await using var app = App.Build(FakeTime.New(), Settings.Quick + configure);
        });
        // What the runtime shows of an exception that nobody handles.
        Assert.Equal(failure.Message, failure.ToString());
        return failure.Message;
    }
}
