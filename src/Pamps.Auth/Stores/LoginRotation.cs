namespace Pamps.Auth;

/// <summary>What came of showing a refresh token to an <see cref="ILoginStore"/>.</summary>
public abstract record LoginRotation
{
    private LoginRotation() { }

    /// <summary>The token was the good one and has been exchanged.</summary>
    /// <param name="Account">Whose login it is, as the account is now.</param>
    public sealed record Rotated(Account Account) : LoginRotation;

    /// <summary>
    /// Another request exchanged the token a moment ago, which the caller allows. Nothing was exchanged.
    /// </summary>
    /// <param name="Account">Whose login it is, as the account is now.</param>
    public sealed record Overtaken(Account Account) : LoginRotation;

    /// <summary>The token had been exchanged before: it leaked or was kept. The login has been ended.</summary>
    public sealed record Reused : LoginRotation;

    /// <summary>There is no such login any more.</summary>
    public sealed record Gone : LoginRotation;
}
