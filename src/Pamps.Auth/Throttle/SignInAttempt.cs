namespace Pamps.Auth;

/// <summary>
/// One attempt to sign in. While it is under way it counts against the limits of this process, so that many at once
/// cannot all slip under them. Disposed without a word, it has failed.
/// </summary>
public sealed class SignInAttempt : IAsyncDisposable
{
    private readonly SignInThrottle throttle;
    private bool hasEnded;

    internal SignInAttempt(
        SignInThrottle throttle,
        PasswordTry which,
        IReadOnlyList<FailureBudget> ofAccount,
        FailureBudget? ofAddress,
        string? place,
        string? earlierPlace,
        bool isKnown
    )
    {
        this.throttle = throttle;
        Which = which;
        OfAccount = ofAccount;
        Budgets = ofAddress is null ? ofAccount : [.. ofAccount, ofAddress];
        Keys = [.. Budgets.Select(x => x.Key)];
        Place = place;
        EarlierPlace = earlierPlace;
        IsKnown = isKnown;
    }

    /// <summary>Whether the password may be checked, or the outcome told. One that is not allowed is not counted.</summary>
    public bool Allowed => RetryAfter == TimeSpan.Zero;

    /// <summary>When the next attempt will be allowed; zero when this one is.</summary>
    public TimeSpan RetryAfter { get; internal set; }

    /// <summary>Whose password is tried, and from where.</summary>
    internal PasswordTry Which { get; }

    /// <summary>Those of the account; the first is the attempt's own, which no others use up.</summary>
    internal IReadOnlyList<FailureBudget> OfAccount { get; }

    /// <summary>All that a failure counts against.</summary>
    internal IReadOnlyList<FailureBudget> Budgets { get; }
    internal IReadOnlyList<string> Keys { get; }

    /// <summary>The account at the attempt's address; null when that is unknown.</summary>
    internal string? Place { get; }

    /// <summary>What a version before remembered it under.</summary>
    internal string? EarlierPlace { get; }

    /// <summary>
    /// Whether the account has been signed in to from there before: what others have used up does not concern it then.
    /// </summary>
    internal bool IsKnown { get; set; }

    /// <summary>
    /// The password was right: this attempt no longer counts, nor does any earlier failure of the account from there. Those
    /// of the address stay, else one good account would pay for guesses at others.
    /// </summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// Whether the caller may be let in. False when failures elsewhere, at the same time, have used the limit up:
    /// guesses at several processes at once are no more than at one. <see cref="RetryAfter"/> then says when to come back.
    /// </returns>
    public Task<bool> SucceededAsync(CancellationToken cancellationToken) =>
        EndAsync(isWelcome: true, cancellationToken);

    /// <summary>
    /// The password was right, but a second factor is missing: this attempt no longer counts, and earlier failures still do, else
    /// who knows a password could guess codes for ever.
    /// </summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether the caller may be told so, as above.</returns>
    internal Task<bool> HalfwayAsync(CancellationToken cancellationToken) =>
        EndAsync(isWelcome: false, cancellationToken);

    /// <summary>The password was wrong: the attempt counts, however the caller goes on.</summary>
    /// <returns>
    /// Whether the caller may be told so. False when others at the same time have used the limit up, as above.
    /// </returns>
    public async Task<bool> FailedAsync()
    {
        if (hasEnded)
        {
            return Allowed;
        }
        try
        {
            var counts = await throttle.AddAsync(this);
            // Without this one: it is the others that may have used the limit up.
            await throttle.DecideAsync(
                this,
                [.. counts.Select(x => x with { Failures = x.Failures - 1 })],
                CancellationToken.None
            );
        }
        finally
        {
            TakeBack();
        }
        return Allowed;
    }

    /// <summary>The password was not checked after all: this attempt no longer counts.</summary>
    public void TakeBack()
    {
        if (!hasEnded)
        {
            hasEnded = true;
            throttle.Leave(Keys);
        }
    }

    /// <summary>Counts the attempt as failed, unless it has ended otherwise.</summary>
    /// <returns>A task that is done when it is counted.</returns>
    public async ValueTask DisposeAsync() => await FailedAsync();

    private async Task<bool> EndAsync(bool isWelcome, CancellationToken cancellationToken)
    {
        if (hasEnded)
        {
            return Allowed;
        }
        var counts = await throttle.ReadAsync(this, cancellationToken);
        await throttle.DecideAsync(this, counts, cancellationToken);
        if (Allowed && isWelcome)
        {
            await throttle.WelcomeAsync(this, counts, cancellationToken);
        }
        TakeBack();
        return Allowed;
    }
}
