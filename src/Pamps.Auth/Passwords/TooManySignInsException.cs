namespace Pamps.Auth;

/// <summary>
/// More passwords wait to be hashed than <see cref="PampsAuthOptions.WaitingHashes"/> allows, or the host's
/// <see cref="ILoginStore"/> opens no more logins of an account for now. A host
/// answers 429 with <c>Retry-After</c>.
/// </summary>
public sealed class TooManySignInsException : Exception
{
    /// <summary>Makes one that asks to come back in 5 seconds.</summary>
    public TooManySignInsException()
        : this("Too many passwords wait to be checked, try again later.") { }

    /// <summary>Makes one that asks to come back in 5 seconds.</summary>
    /// <param name="message">What happened.</param>
    public TooManySignInsException(string message)
        : this(message, null) { }

    /// <summary>Makes one that asks to come back in 5 seconds.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public TooManySignInsException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>When it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
