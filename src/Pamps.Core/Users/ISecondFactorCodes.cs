namespace Pamps.Core.Users;

/// <summary>Makes what second factors stand on, and knows their codes again. The host gives the implementation.</summary>
public interface ISecondFactorCodes
{
    /// <summary>A new secret for an authenticator app, of at most 32 bytes.</summary>
    byte[] NewSecret();

    /// <summary>A secret as people type it into their app.</summary>
    string Show(ReadOnlySpan<byte> secret);

    /// <summary>The address that a QR code holds for the app.</summary>
    string UriOf(ReadOnlySpan<byte> secret, string site, string account);

    /// <summary>Which step of the clock a code of the app is of, now or a step off; null when it is wrong.</summary>
    long? StepOf(ReadOnlySpan<byte> secret, string code, DateTime now);

    /// <summary>New recovery codes: a few.</summary>
    IReadOnlyList<string> NewRecoveryCodes();

    /// <summary>What is kept of a user's recovery code, of at most 64 characters; null when it is of none's form.</summary>
    string? HashOf(long userId, string recoveryCode);
}
