using System.Net;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Counts failed sign-ins by user name and by remote address, in memory and for this process only. It
/// keeps at most 100,000 of each and forgets first those that have been quiet longest.
/// </summary>
/// <remarks>
/// Names are counted as typed but for case and surrounding blanks: a name and the e-mail address of
/// one account count apart, since counting them together would tell that they belong together.
/// </remarks>
public sealed class SignInThrottle
{
    private readonly FailureCounts accounts;
    private readonly FailureCounts addresses;
    private readonly TimeProvider time;
    private readonly Lock gate = new();

    /// <summary>Makes one with nothing counted; one is enough for a process.</summary>
    /// <param name="options">The limits and the window.</param>
    /// <param name="time">The clock that failures are dated by.</param>
    public SignInThrottle(IOptions<PampsAuthOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        this.time = time;
        accounts = new FailureCounts(settings.SignInFailuresPerAccount, settings.SignInFailureWindow);
        addresses = new FailureCounts(settings.SignInFailuresPerAddress, settings.SignInFailureWindow);
    }

    /// <summary>Asks, before any password is hashed, whether somebody may try.</summary>
    /// <param name="username">The name that was typed.</param>
    /// <param name="address">Where it came from; null when unknown, and then only names count.</param>
    /// <returns>An attempt that is allowed, or one that says when to come back. To be disposed.</returns>
    public SignInAttempt Begin(string username, IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(username);
        var account = ThrottleKey.Of(username);
        var network = address is null ? null : ThrottleKey.Of(address);
        var now = time.GetUtcNow().UtcTicks;
        lock (gate)
        {
            var wait = accounts.Wait(account, now);
            if (network is not null)
            {
                wait = Math.Max(wait, addresses.Wait(network, now));
            }

            if (wait > 0)
            {
                return new SignInAttempt(TimeSpan.FromTicks(wait));
            }

            accounts.Begin(account);
            if (network is not null)
            {
                addresses.Begin(network);
            }
        }

        return new SignInAttempt(ended => End(account, network, ended));
    }

    private void End(string account, string? network, SignInAttempt.Outcome ended)
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (gate)
        {
            if (ended == SignInAttempt.Outcome.Failed)
            {
                accounts.Fail(account, now);
                if (network is not null)
                {
                    addresses.Fail(network, now);
                }
                return;
            }

            accounts.End(account, forget: ended == SignInAttempt.Outcome.Succeeded);
            if (network is not null)
            {
                addresses.End(network, forget: false);
            }
        }
    }
}
