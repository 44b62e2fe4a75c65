namespace Pamps.Auth;

/// <summary>
/// One attempt to sign in. While it is under way it counts against the limit of this process, so that many at once
/// cannot all slip under it. Disposed without a word, it has failed.
/// </summary>
public sealed class SignInAttempt : IAsyncDisposable
{
    private readonly SignInThrottle throttle;
    private bool hasEnded;

    internal SignInAttempt(SignInThrottle throttle, IReadOnlyList<string> keys, IReadOnlyList<int> limits) =>
        (this.throttle, Keys, Limits) = (throttle, keys, limits);

    /// <summary>Whether the password may be checked, or the outcome told. One that is not allowed is not counted.</summary>
    public bool Allowed => RetryAfter == TimeSpan.Zero;

    /// <summary>When the next attempt will be allowed; zero when this one is.</summary>
    public TimeSpan RetryAfter { get; internal set; }

    /// <summary>The account's key, then the address's where it is known.</summary>
    internal IReadOnlyList<string> Keys { get; }
    internal IReadOnlyList<int> Limits { get; }

    /// <summary>
    /// The password was right: this attempt no longer counts, nor does any earlier failure of the user
    /// name. Those of the address stay, else one good account would pay for guesses at others.
    /// </summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// Whether the caller may be let in. False when failures elsewhere, at the same time, have used the limit up:
    /// guesses at several processes at once are no more than at one. <see cref="RetryAfter"/> then says when to come back.
    /// </returns>
    public async Task<bool> SucceededAsync(CancellationToken cancellationToken)
    {
        if (hasEnded)
        {
            return Allowed;
        }
        var counts = await throttle.ReadAsync(this, cancellationToken);
        RetryAfter = counts.Select((x, i) => x.Failures >= Limits[i] ? x.Left : TimeSpan.Zero).Max();
        if (Allowed && counts[0].Failures > 0)
        {
            await throttle.ForgetAsync(Keys[0], cancellationToken);
        }
        TakeBack();
        return Allowed;
    }

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
            RetryAfter = counts.Select((x, i) => x.Failures > Limits[i] ? x.Left : TimeSpan.Zero).Max();
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
}
