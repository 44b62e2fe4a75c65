using Pamps.Core.Users;

namespace Pamps.Api.Users;

/// <param name="Password">The caller's password.</param>
internal sealed record SecondFactorBegin(string? Password)
{
    /// <summary>Leaves it out of logs and messages.</summary>
    public override string ToString() => nameof(SecondFactorBegin);
}

/// <param name="Code">What the app shows.</param>
internal sealed record SecondFactorConfirmation(string? Code)
{
    /// <summary>Leaves it out of logs and messages.</summary>
    public override string ToString() => nameof(SecondFactorConfirmation);
}

/// <param name="Password">The caller's password.</param>
/// <param name="Code">What the app shows, or a recovery code.</param>
internal sealed record SecondFactorProof(string? Password, string? Code)
{
    /// <summary>Leaves both out of logs and messages.</summary>
    public override string ToString() => nameof(SecondFactorProof);
}

/// <param name="Enabled">Whether sign-ins ask for a code.</param>
/// <param name="Since">Since when.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes were not used yet.</param>
internal sealed record SecondFactorResponse(bool Enabled, DateTime? Since, int RecoveryCodesLeft)
{
    public static SecondFactorResponse From(SecondFactorView x) =>
        new(x.Since is not null, x.Since, x.RecoveryCodesLeft);
}

/// <param name="Secret">To be typed into an authenticator app.</param>
/// <param name="Uri">The same, to be shown to it as a QR code.</param>
internal sealed record NewSecondFactorResponse(string Secret, string Uri)
{
    public static NewSecondFactorResponse From(NewSecondFactor x) => new(x.Secret, x.Uri);

    /// <summary>Leaves the secret out of logs and messages.</summary>
    public override string ToString() => nameof(NewSecondFactorResponse);
}

/// <param name="RecoveryCodes">Each opens the account once, in place of a code of the app. They are never shown again.</param>
internal sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes)
{
    public static RecoveryCodesResponse From(NewRecoveryCodes x) => new(x.Codes);

    /// <summary>Leaves the codes out of logs and messages.</summary>
    public override string ToString() => nameof(RecoveryCodesResponse);
}
