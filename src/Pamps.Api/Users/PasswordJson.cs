using Pamps.Core.Users;

namespace Pamps.Api.Users;

/// <param name="Username">A user name or an e-mail address.</param>
internal sealed record ForgottenPassword(string? Username)
{
    /// <summary>Leaves it out of logs and messages.</summary>
    public override string ToString() => nameof(ForgottenPassword);
}

internal sealed record PasswordReset(string? Token, string? Password)
{
    /// <summary>Leaves both out of logs and messages.</summary>
    public override string ToString() => nameof(PasswordReset);
}

/// <summary>With what somebody gives their account a new password.</summary>
/// <param name="Username">Whose account it is.</param>
/// <param name="Token">The token.</param>
/// <param name="Link">The page to open with it; null where the site's address is not set.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
internal sealed record PasswordTokenResponse(string Username, string Token, string? Link, DateTime ExpiresAt)
{
    public static Func<ResetToken, PasswordTokenResponse> At(string? origin) =>
        x => new(x.Username, x.Value, origin is null ? null : x.LinkAt(origin), x.ExpiresAt);

    /// <summary>Leaves the token out of logs and messages.</summary>
    public override string ToString() => nameof(PasswordTokenResponse);
}

/// <summary>Whose password it was, for who goes on to sign in.</summary>
internal sealed record PasswordResetResponse(string Username);
