namespace Pamps.Auth;

/// <summary>
/// One attempt to sign in. While it is under way it counts against the limit, so that many at once cannot all slip
/// under it. Disposed without a word, it has failed.
/// </summary>
public sealed class SignInAttempt : IDisposable
{
    private Action<Outcome>? end;

    internal SignInAttempt(TimeSpan retryAfter) => RetryAfter = retryAfter;

    internal SignInAttempt(Action<Outcome> end)
    {
        this.end = end;
        Allowed = true;
    }

    internal enum Outcome
    {
        Failed,
        Succeeded,
        TakenBack,
    }

    /// <summary>Whether the password may be checked. One that is not allowed is not counted.</summary>
    public bool Allowed { get; }

    /// <summary>When the next attempt will be allowed; zero when this one is.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>
    /// The password was right: this attempt no longer counts, nor does any earlier failure of the user
    /// name. Those of the address stay, else one good account would pay for guesses at others.
    /// </summary>
    public void Succeeded() => End(Outcome.Succeeded);

    /// <summary>The password was not checked after all: this attempt no longer counts.</summary>
    public void TakeBack() => End(Outcome.TakenBack);

    /// <summary>Counts the attempt as failed, unless it has succeeded or was taken back.</summary>
    public void Dispose() => End(Outcome.Failed);

    private void End(Outcome outcome) => Interlocked.Exchange(ref end, null)?.Invoke(outcome);
}
