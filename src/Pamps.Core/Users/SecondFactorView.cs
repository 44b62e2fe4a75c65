namespace Pamps.Core.Users;

/// <summary>How it stands with a user's second factor.</summary>
/// <param name="Since">Since when sign-ins ask for a code, UTC; null when they do not.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes were not used yet.</param>
public sealed record SecondFactorView(DateTime? Since, int RecoveryCodesLeft);

/// <summary>What somebody gives their authenticator app. Shown once.</summary>
/// <param name="Secret">To be typed.</param>
/// <param name="Uri">To be read as a QR code.</param>
public sealed record NewSecondFactor(string Secret, string Uri)
{
    /// <summary>Leaves the secret out of logs and messages.</summary>
    public override string ToString() => nameof(NewSecondFactor);
}

/// <summary>New recovery codes. Shown once.</summary>
/// <param name="Codes">Each is good once.</param>
public sealed record NewRecoveryCodes(IReadOnlyList<string> Codes)
{
    /// <summary>Leaves the codes out of logs and messages.</summary>
    public override string ToString() => nameof(NewRecoveryCodes);
}
