namespace Pamps.Auth;

/// <summary>What came of signing in by a <see cref="SignInService"/>.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome() { }

    /// <summary>The password was right, and so was the second factor where the account has one.</summary>
    /// <param name="Pair">The tokens of the login that was opened.</param>
    public sealed record Right(TokenPair Pair) : SignInOutcome;

    /// <summary>Nobody was signed in.</summary>
    /// <param name="AccountFound">
    /// Whether there is an account of that name that may sign in. A host that tells the client lets
    /// anybody find out who has an account.
    /// </param>
    public sealed record Wrong(bool AccountFound) : SignInOutcome;

    /// <summary>
    /// The password was right, and the account asks for a second factor (<see cref="ISecondFactorStore"/>) that was not given, or was
    /// wrong. Nobody was signed in.
    /// </summary>
    /// <param name="Given">Whether one was given, and wrong or used before: it counts as a failed sign-in.</param>
    public sealed record SecondFactor(bool Given) : SignInOutcome;

    /// <summary>A passkey was shown, and its answer is not right. Nobody was signed in.</summary>
    /// <param name="TooLate">
    /// Whether its challenge is not good, as after some minutes: it is to be asked anew, and counts as no failed sign-in.
    /// </param>
    public sealed record WrongPasskey(bool TooLate = false) : SignInOutcome;

    /// <summary>The password or the passkey was right, and the account is suspended, or waits to be approved.</summary>
    /// <param name="Waits">Whether it waits.</param>
    public sealed record Suspended(bool Waits = false) : SignInOutcome
    {
        /// <summary>The account, for a host that says more to who has just shown that it is theirs.</summary>
        public long AccountId { get; init; }
    }

    /// <summary>Too many have failed; no password was checked. The answer is 429 with Retry-After.</summary>
    /// <param name="RetryAfter">When to come back.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : SignInOutcome;
}
