using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Counts failed sign-ins and turns away whoever has too many. The counts live in an <see cref="ISignInFailureStore"/>.
/// </summary>
/// <remarks>
/// Nobody can lock others out of their accounts: a guesser closes an account to the own address only. Guesses from many
/// addresses slow the account down for addresses that have never been signed in from, and for those alone; the same is true
/// of an address with guesses at many accounts. Whoever has a login of the account counts for themselves.
/// All names of an account count together, which lets a guesser find out, by as many guesses as an address has, that a
/// name and an e-mail address belong together.
/// </remarks>
public sealed class SignInThrottle
{
    /// <summary>Who must wait only for tries under way is soon let in, or soon knows better.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>How often an account that many guess at is open to addresses it does not know.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly PampsAuthOptions options;
    private readonly ISignInFailureStore failures;
    private readonly ThrottleKey keys;
    private readonly ThrottleKey earlierKeys;
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
        keys = ThrottleKey.From(this.options.SecretKey);
        earlierKeys = ThrottleKey.Earlier(this.options.SecretKey);
        pace = new RefusalPace(time);
    }

    /// <summary>
    /// Asks, before any password is hashed, whether somebody may try. Who may not is told so at once, but a second later
    /// where more than a few are refused in a second.
    /// </summary>
    /// <param name="which">Whose password, and from where.</param>
    /// <param name="cancellationToken">Gives up; nothing is counted then.</param>
    /// <returns>An attempt that is allowed, or one that says when to come back. To be disposed.</returns>
    public async Task<SignInAttempt> BeginAsync(PasswordTry which, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(which);
        var attempt = Prepare(which);
        // A try counts as under way before failures are read, and its failure before it ends: none slips between.
        var ahead = Enter(attempt.Keys);
        try
        {
            if (ahead[0] >= attempt.Budgets[0].Limit)
            {
                // Whatever the store would say, and it is not to be asked as often as a flood comes.
                attempt.RetryAfter = Soon;
            }
            else
            {
                await DecideAsync(
                    attempt,
                    await failures.ReadAsync(attempt.Keys, cancellationToken),
                    cancellationToken,
                    ahead
                );
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

    /// <summary>
    /// Forgives an account's failures, at an address and from everywhere, and knows the address from now on: for who has shown in
    /// another way than by the password that the account is theirs, such as by a link that was sent to them.
    /// </summary>
    /// <param name="which">The account, and from where.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that is done when it is kept.</returns>
    public async Task ForgiveAsync(PasswordTry which, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(which);
        var attempt = Prepare(which);
        foreach (var budget in attempt.OfAccount)
        {
            await failures.ForgetAsync(budget.Key, cancellationToken);
        }
        if (attempt.Place is { } place)
        {
            await failures.RememberAsync(place, cancellationToken);
        }
    }

    /// <summary>To be awaited before somebody is refused who has not been hashed for.</summary>
    internal Task HoldRefusalAsync(CancellationToken cancellationToken) => pace.WaitAsync(cancellationToken);

    internal Task<IReadOnlyList<FailureCount>> ReadAsync(SignInAttempt attempt, CancellationToken ct) =>
        failures.ReadAsync(attempt.Keys, ct);

    // Who hangs up after a guess does not take it back.
    internal Task<IReadOnlyList<FailureCount>> AddAsync(SignInAttempt attempt) =>
        failures.AddAsync(attempt.Which, attempt.Keys, CancellationToken.None);

    /// <summary>Says when the attempt may go on: its own failures always count, those of others where it is not known.</summary>
    internal async Task DecideAsync(
        SignInAttempt attempt,
        IReadOnlyList<FailureCount> counts,
        CancellationToken cancellationToken,
        int[]? ahead = null
    )
    {
        // Tries under way count like failures, lest many at once guess past the limit.
        var waits = attempt
            .Budgets.Select((x, i) => x.Wait(counts[i], ahead?[i] ?? 0, options.SignInFailureWindow, Soon))
            .ToList();
        attempt.RetryAfter = waits[0];
        var others = waits.Skip(1).DefaultIfEmpty().Max();
        if (attempt.Allowed && others > TimeSpan.Zero && !attempt.IsKnown)
        {
            attempt.IsKnown =
                attempt is { Place: { } place, EarlierPlace: { } earlier }
                && (
                    await failures.KnowsAsync(place, cancellationToken)
                    || await failures.KnowsAsync(earlier, cancellationToken)
                );
            attempt.RetryAfter = attempt.IsKnown ? TimeSpan.Zero : others;
        }
    }

    /// <summary>Forgives the account's failures, and knows its address from now on.</summary>
    internal async Task WelcomeAsync(
        SignInAttempt attempt,
        IReadOnlyList<FailureCount> counts,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < attempt.OfAccount.Count; i++)
        {
            if (counts[i].Failures > 0)
            {
                await failures.ForgetAsync(attempt.Keys[i], cancellationToken);
            }
        }
        if (attempt.Place is { } place)
        {
            await failures.RememberAsync(place, cancellationToken);
        }
    }

    internal void Leave(IEnumerable<string> left)
    {
        lock (gate)
        {
            foreach (var key in left)
            {
                if (--underWay[key] == 0)
                {
                    underWay.Remove(key);
                }
            }
        }
    }

    private SignInAttempt Prepare(PasswordTry which)
    {
        var place = keys.OfPlace(which);
        List<FailureBudget> ofAccount =
        [
            new(place, options.SignInFailuresPerAccount),
            new(keys.OfAccount(which), options.SignInFailuresFromEverywhere, Pause),
        ];
        if (which.LoginId is { } login)
        {
            ofAccount.Insert(0, new(keys.OfLogin(login), options.SignInFailuresPerAccount));
        }
        var ofAddress = which.Address is { } address
            ? new FailureBudget(keys.OfAddress(address), options.SignInFailuresPerAddress)
            : null;
        return new SignInAttempt(
            this,
            which,
            ofAccount,
            ofAddress,
            which.Address is null ? null : place,
            which.Address is null ? null : earlierKeys.OfPlace(which),
            isKnown: which.LoginId is not null
        );
    }

    /// <summary>How many tries are under way already for each key.</summary>
    private int[] Enter(IEnumerable<string> entered)
    {
        lock (gate)
        {
            return
            [
                .. entered.Select(key =>
                {
                    var ahead = underWay.GetValueOrDefault(key);
                    underWay[key] = ahead + 1;
                    return ahead;
                }),
            ];
        }
    }
}
