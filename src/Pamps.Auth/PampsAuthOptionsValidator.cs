using System.Text;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

internal sealed class PampsAuthOptionsValidator : IValidateOptions<PampsAuthOptions>
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, PampsAuthOptions options)
    {
        var failures = new List<string>();
        CheckKey(options, failures);
        if ("a\u0303".Normalize(NormalizationForm.FormC) != "\u00E3")
        {
            failures.Add(
                "Passwords with accents cannot be compared, since .NET runs without ICU: install it, and set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false."
            );
        }
        Name(options.Issuer, nameof(options.Issuer), failures);
        Name(options.Audience, nameof(options.Audience), failures);
        if (options.PasskeyOrigin is not "" && PasskeyOrigin.Parse(options.PasskeyOrigin) is null)
        {
            failures.Add(
                "PasskeyOrigin must be an origin such as https://example.org; browsers take no http but at localhost, and no number."
            );
        }
        Lifetime(options.AccessTokenLifetime, LongestLifetime, nameof(options.AccessTokenLifetime), failures);
        Lifetime(
            options.RefreshTokenLifetime,
            LongestLifetime,
            nameof(options.RefreshTokenLifetime),
            failures
        );
        Lifetime(options.SessionLifetime, LongestLifetime, nameof(options.SessionLifetime), failures);
        Lifetime(options.LoginLifetime, LongestLifetime, nameof(options.LoginLifetime), failures);
        Lifetime(
            options.OAuthTokenLifetime ?? LongestLifetime,
            LongestLifetime,
            nameof(options.OAuthTokenLifetime),
            failures
        );
        Lifetime(
            options.SignInFailureWindow,
            TimeSpan.FromDays(1),
            nameof(options.SignInFailureWindow),
            failures
        );
        AtLeast(1, options.PasswordIterations, nameof(options.PasswordIterations), failures);
        AtLeast(1, options.ParallelHashes, nameof(options.ParallelHashes), failures);
        AtLeast(0, options.WaitingHashes, nameof(options.WaitingHashes), failures);
        AtLeast(1, options.SignInFailuresPerAccount, nameof(options.SignInFailuresPerAccount), failures);
        AtLeast(
            1,
            options.SignInFailuresFromEverywhere,
            nameof(options.SignInFailuresFromEverywhere),
            failures
        );
        AtLeast(1, options.SignInFailuresPerAddress, nameof(options.SignInFailuresPerAddress), failures);
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : throw new PampsAuthOptionsException(failures);
    }

    /// <summary>
    /// Shown by its message alone: a setting that is wrong is mended where it is set, which no stack
    /// tells.
    /// </summary>
    private sealed class PampsAuthOptionsException(IEnumerable<string> failures)
        : OptionsValidationException(Options.DefaultName, typeof(PampsAuthOptions), failures)
    {
        public override string ToString() => Message;
    }

    private static void CheckKey(PampsAuthOptions options, List<string> failures)
    {
        if (HmacAlgorithm.MinimumKeyBytes(options.Algorithm) is not { } minimum)
        {
            failures.Add("Algorithm must be HS256, HS384 or HS512.");
            return;
        }

        var length = Encoding.UTF8.GetByteCount(options.SecretKey ?? "");
        if (length < minimum)
        {
            failures.Add(
                $"SecretKey must have at least {minimum} bytes for {options.Algorithm}, it has {length}."
            );
        }
    }

    private static void Name(string? value, string name, List<string> failures)
    {
        if (value is null or { Length: > 255 })
        {
            failures.Add($"{name} must have at most 255 characters.");
        }
    }

    private static void Lifetime(TimeSpan value, TimeSpan longest, string name, List<string> failures)
    {
        if (value < TimeSpan.FromSeconds(1) || value > longest)
        {
            failures.Add($"{name} must be from 1 second to {longest.Days} day(s), it is {value}.");
        }
    }

    private static void AtLeast(int minimum, int value, string name, List<string> failures)
    {
        if (value < minimum)
        {
            failures.Add($"{name} must be at least {minimum}, it is {value}.");
        }
    }
}
