namespace Pamps.Auth;

/// <summary>What a piece of work found out about a password.</summary>
public enum PasswordGuess
{
    /// <summary>It was not looked at, so nothing counts.</summary>
    None,

    /// <summary>It was wrong.</summary>
    Wrong,

    /// <summary>It was right, but more is asked for: nobody is let in, and nothing is forgiven.</summary>
    Half,

    /// <summary>It was right, and somebody asks to be let in.</summary>
    Right,

    /// <summary>It was right, and what it was given for is done, whatever was guessed elsewhere meanwhile.</summary>
    Done,
}

/// <summary>What came of guarded work.</summary>
/// <typeparam name="T">What the work finds.</typeparam>
/// <param name="Result">What it found; the default where it was not done.</param>
/// <param name="RetryAfter">
/// Set where too many passwords were wrong: nothing of the result may be told then, and nobody let in. The answer is
/// 429 with this <c>Retry-After</c>.
/// </param>
public readonly record struct Guarded<T>(T? Result, TimeSpan? RetryAfter);

/// <summary>
/// Keeps passwords from being guessed wherever one is asked for: at a sign-in, and of somebody signed in, whose token
/// may be stolen.
/// </summary>
public static class PasswordGuard
{
    /// <summary>
    /// Does work that checks a password, unless too many were wrong lately; and counts it where it is wrong. Work that
    /// throws is no guess.
    /// </summary>
    /// <typeparam name="T">What the work finds.</typeparam>
    /// <param name="throttle">Counts what fails.</param>
    /// <param name="which">Whose password, and where it came from.</param>
    /// <param name="work">Checks the password.</param>
    /// <param name="judge">Says what the work found out about it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it.</returns>
    public static async Task<Guarded<T>> RunAsync<T>(
        this SignInThrottle throttle,
        PasswordTry which,
        Func<Task<T>> work,
        Func<T, PasswordGuess> judge,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(throttle);
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(judge);
        await using var attempt = await throttle.BeginAsync(which, cancellationToken);
        if (!attempt.Allowed)
        {
            return new Guarded<T>(default, attempt.RetryAfter);
        }

        try
        {
            var result = await work();
            switch (judge(result))
            {
                case PasswordGuess.Right when !await attempt.SucceededAsync(cancellationToken):
                case PasswordGuess.Wrong when !await attempt.FailedAsync():
                case PasswordGuess.Half when !await attempt.HalfwayAsync(cancellationToken):
                    return new Guarded<T>(result, attempt.RetryAfter);
                case PasswordGuess.Done:
                    await attempt.SucceededAsync(CancellationToken.None);
                    break;
                case PasswordGuess.None:
                    attempt.TakeBack();
                    break;
            }

            return new Guarded<T>(result, RetryAfter: null);
        }
        catch (Exception exception)
        {
            // A hash that has begun always ends, and a wrong password is an answer: what is thrown is no guess.
            attempt.TakeBack();
            if (exception is TooManySignInsException)
            {
                await throttle.HoldRefusalAsync(cancellationToken);
            }
            throw;
        }
    }
}
