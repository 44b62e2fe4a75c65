using System.Net;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Counts failed sign-ins by user name and by remote address, and turns away whoever has too many. The counts live in
/// an <see cref="ISignInFailureStore"/>.
/// </summary>
/// <remarks>
/// Names are counted as typed but for case and surrounding blanks: a name and the e-mail address of
/// one account count apart, since counting them together would tell that they belong together.
/// </remarks>
public sealed class SignInThrottle
{
    /// <summary>Who must wait only for tries under way is soon let in, or soon knows better.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly PampsAuthOptions options;
    private readonly ISignInFailureStore failures;
    private readonly RefusalPace pace;
    private readonly Dictionary<string, int> underWay = [];
    private readonly Lock gate = new();

    /// <summary>Makes one with no try under way; one is enough for a process.</summary>
    /// <param name="options">The limits, and the key that hides names and addresses.</param>
    /// <param name="failures">Where failures are counted.</param>
    /// <param name="time">The clock by which refusals in a flood are held back.</param>
    public SignInThrottle(IOptions<PampsAuthOptions> options, ISignInFailureStore failures, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.failures = failures;
        pace = new RefusalPace(time);
    }

    /// <summary>
    /// Asks, before any password is hashed, whether somebody may try. Who may not is told so at once, but a second later
    /// where more than a few are refused in a second.
    /// </summary>
    /// <param name="username">The name that was typed.</param>
    /// <param name="address">Where it came from; null when unknown, and then only names count.</param>
    /// <param name="cancellationToken">Gives up; nothing is counted then.</param>
    /// <returns>An attempt that is allowed, or one that says when to come back. To be disposed.</returns>
    public async Task<SignInAttempt> BeginAsync(
        string username,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(username);
        var secret = options.SecretKey;
        var account = ThrottleKey.Of(username, secret);
        var attempt = address is null
            ? new SignInAttempt(this, [account], [options.SignInFailuresPerAccount])
            : new SignInAttempt(
                this,
                [account, ThrottleKey.Of(address, secret)],
                [options.SignInFailuresPerAccount, options.SignInFailuresPerAddress]
            );
        // A try counts as under way before failures are read, and its failure before it ends: none slips between.
        var ahead = Enter(attempt.Keys);
        try
        {
            if (ahead.Where((x, i) => x >= attempt.Limits[i]).Any())
            {
                // Whatever the store would say, and it is not to be asked as often as a flood comes.
                attempt.RetryAfter = Soon;
            }
            else
            {
                var counts = await failures.ReadAsync(attempt.Keys, cancellationToken);
                attempt.RetryAfter = counts.Select((x, i) => Wait(x, ahead[i], attempt.Limits[i])).Max();
            }
        }
        catch
        {
            attempt.TakeBack();
            throw;
        }
        if (!attempt.Allowed)
        {
            attempt.TakeBack();
            await HoldRefusalAsync(cancellationToken);
        }
        return attempt;
    }

    /// <summary>To be awaited before somebody is refused who has not been hashed for.</summary>
    internal Task HoldRefusalAsync(CancellationToken cancellationToken) => pace.WaitAsync(cancellationToken);

    internal Task<IReadOnlyList<FailureCount>> ReadAsync(SignInAttempt attempt, CancellationToken ct) =>
        failures.ReadAsync(attempt.Keys, ct);

    // Who hangs up after a guess does not take it back.
    internal Task<IReadOnlyList<FailureCount>> AddAsync(SignInAttempt attempt) =>
        failures.AddAsync(attempt.Keys, CancellationToken.None);

    internal Task ForgetAsync(string key, CancellationToken ct) => failures.ForgetAsync(key, ct);

    internal void Leave(IEnumerable<string> keys)
    {
        lock (gate)
        {
            foreach (var key in keys)
            {
                if (--underWay[key] == 0)
                {
                    underWay.Remove(key);
                }
            }
        }
    }

    /// <summary>
    /// Tries under way count like failures, lest many at once guess past the limit; but they alone close nothing for
    /// long, since they may all be right.
    /// </summary>
    private static TimeSpan Wait(FailureCount count, int ahead, int limit) =>
        count.Failures >= limit ? count.Left
        : count.Failures + ahead >= limit ? Soon
        : TimeSpan.Zero;

    /// <summary>How many tries are under way already for each key.</summary>
    private int[] Enter(IEnumerable<string> keys)
    {
        lock (gate)
        {
            return
            [
                .. keys.Select(key =>
                {
                    var ahead = underWay.GetValueOrDefault(key);
                    underWay[key] = ahead + 1;
                    return ahead;
                }),
            ];
        }
    }
}
