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
    private readonly FailureCounts _accounts;
    private readonly FailureCounts _addresses;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    /// <summary>Makes one with nothing counted; one is enough for a process.</summary>
    /// <param name="options">The limits and the window.</param>
    /// <param name="time">The clock that failures are dated by.</param>
    public SignInThrottle(IOptions<PampsAuthOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        _time = time;
        _accounts = new FailureCounts(settings.SignInFailuresPerAccount, settings.SignInFailureWindow);
        _addresses = new FailureCounts(settings.SignInFailuresPerAddress, settings.SignInFailureWindow);
    }

    /// <summary>Asks, before any password is hashed, whether somebody may try, and counts the try.</summary>
    /// <param name="username">The name that was typed.</param>
    /// <param name="address">Where it came from; null when unknown, and then only names count.</param>
    /// <returns>An attempt that is allowed, or one that says when to come back.</returns>
    public SignInAttempt Begin(string username, IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(username);
        var account = ThrottleKey.Of(username);
        var network = address is null ? null : ThrottleKey.Of(address);
        var now = _time.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            var wait = _accounts.Wait(account, now);
            if (network is not null)
            {
                wait = Math.Max(wait, _addresses.Wait(network, now));
            }

            if (wait > 0)
            {
                return new SignInAttempt(TimeSpan.FromTicks(wait));
            }

            _accounts.Add(account, now);
            if (network is not null)
            {
                _addresses.Add(network, now);
            }
        }

        return new SignInAttempt(succeeded => Undo(account, network, now, succeeded));
    }

    private void Undo(string account, string? network, long at, bool succeeded)
    {
        lock (_lock)
        {
            if (succeeded)
            {
                _accounts.Clear(account);
            }
            else
            {
                _accounts.Remove(account, at);
            }

            if (network is not null)
            {
                _addresses.Remove(network, at);
            }
        }
    }
}
