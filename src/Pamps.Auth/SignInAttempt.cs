namespace Pamps.Auth;

/// <summary>
/// One attempt to sign in. It counts as failed from its beginning, so that many at once cannot all slip
/// under the limit; <see cref="Succeeded"/> or <see cref="TakeBack"/> undoes that.
/// </summary>
public sealed class SignInAttempt
{
    private readonly Action<bool>? _undo;

    internal SignInAttempt(TimeSpan retryAfter) => RetryAfter = retryAfter;

    internal SignInAttempt(Action<bool> undo)
    {
        _undo = undo;
        Allowed = true;
    }

    /// <summary>Whether the password may be checked. One that is not allowed is not counted.</summary>
    public bool Allowed { get; }

    /// <summary>When the next attempt will be allowed; zero when this one is.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>
    /// The password was right: this attempt no longer counts, nor does any earlier failure of the user
    /// name. Those of the address stay, else one good account would pay for guesses at others.
    /// </summary>
    public void Succeeded() => _undo?.Invoke(true);

    /// <summary>The password was not checked after all: this attempt no longer counts.</summary>
    public void TakeBack() => _undo?.Invoke(false);
}
