namespace Pamps.Auth;

/// <summary>What came of showing a refresh token to a <see cref="SignInService"/> that allows some grace.</summary>
public abstract record RefreshOutcome
{
    private RefreshOutcome() { }

    /// <summary>The token was exchanged.</summary>
    /// <param name="Pair">The tokens that take its place.</param>
    public sealed record Rotated(TokenPair Pair) : RefreshOutcome;

    /// <summary>
    /// Another request exchanged the token a moment ago, and has the refresh token that took its place.
    /// </summary>
    /// <param name="Access">An access token all the same.</param>
    public sealed record Overtaken(IssuedAccess Access) : RefreshOutcome;

    /// <summary>The token is not good, whatever the reason.</summary>
    public sealed record Refused : RefreshOutcome;
}
