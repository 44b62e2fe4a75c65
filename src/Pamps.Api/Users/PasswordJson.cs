namespace Pamps.Api.Users;

internal sealed record PasswordReset(string? Token, string? Password)
{
    /// <summary>Leaves both out of logs and messages.</summary>
    public override string ToString() => nameof(PasswordReset);
}

/// <summary>Whose password it was, for who goes on to sign in.</summary>
internal sealed record PasswordResetResponse(string Username);
