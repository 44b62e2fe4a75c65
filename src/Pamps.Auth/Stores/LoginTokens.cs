namespace Pamps.Auth;

/// <summary>
/// What a store keeps of a login's refresh tokens, and the rule by which one is exchanged for the next: refresh token
/// rotation of RFC 9700 section 4.14.2.
/// </summary>
/// <param name="RefreshJti">The <c>jti</c> of the one that is good.</param>
/// <param name="ExpiresUtc">When that token, and with it the login, runs out.</param>
/// <param name="PreviousJti">
/// The one that it took the place of, where that exchange allowed a grace; else null.
/// </param>
/// <param name="ExchangedUtc">When it did; null when it is the first.</param>
public sealed record LoginTokens(
    string RefreshJti,
    DateTime ExpiresUtc,
    string? PreviousJti = null,
    DateTime? ExchangedUtc = null
)
{
    /// <summary>Says what becomes of the login of somebody who shows a token.</summary>
    /// <param name="presentedJti">The token that is shown.</param>
    /// <param name="newJti">The token that is to take its place.</param>
    /// <param name="newExpiresUtc">When the new token runs out.</param>
    /// <param name="grace">How long after its exchange a token may be shown again; zero for not at all.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>What the store is to do.</returns>
    public RotationStep Show(
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        TimeSpan grace,
        DateTime now
    )
    {
        var allowsGrace = grace > TimeSpan.Zero;
        if (presentedJti == RefreshJti)
        {
            var previous = allowsGrace ? presentedJti : null;
            return new RotationStep.Exchange(new LoginTokens(newJti, newExpiresUtc, previous, now));
        }

        return allowsGrace && presentedJti == PreviousJti && ExchangedUtc > now - grace
            ? new RotationStep.Keep()
            : new RotationStep.End();
    }
}

/// <summary>What a store is to do with the login of a token that is shown.</summary>
public abstract record RotationStep
{
    private RotationStep() { }

    /// <summary>It is the good one: write the next, if it still is.</summary>
    /// <param name="Next">What to keep from now on.</param>
    public sealed record Exchange(LoginTokens Next) : RotationStep;

    /// <summary>Another request exchanged it a moment ago: change nothing.</summary>
    public sealed record Keep : RotationStep;

    /// <summary>It was exchanged before, and has leaked: end the login.</summary>
    public sealed record End : RotationStep;
}
