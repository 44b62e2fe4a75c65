using System.Text.Json;

namespace Pamps.Auth;

/// <summary>A passkey as a host keeps it. None of it is secret: the private key never leaves its owner's device.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="CredentialId">What the device calls it, in base64url; no two passkeys have the same.</param>
/// <param name="UserHandle">What the device knows the account by, in base64url.</param>
/// <param name="PublicKey">What its answers are checked with: a COSE key, in base64url.</param>
/// <param name="IsBackupEligible">Whether its owner's devices share it.</param>
/// <param name="Transports">How the device is reached, by commas.</param>
public sealed record Passkey(
    long AccountId,
    string CredentialId,
    string UserHandle,
    string PublicKey,
    bool IsBackupEligible,
    string Transports
);

/// <summary>A passkey that somebody has made, to be kept by the host.</summary>
/// <param name="Passkey">The passkey.</param>
/// <param name="SignCount">How often its device says to have used it.</param>
/// <param name="Challenge">Names the challenge that it answers, in 43 characters: the host takes it once.</param>
/// <param name="ChallengeEndsUtc">Until when the host remembers that.</param>
public sealed record NewPasskey(Passkey Passkey, long SignCount, string Challenge, DateTime ChallengeEndsUtc);

/// <summary>A passkey whose answer is right, to be taken by the host if its challenge and its counter are as they must be.</summary>
/// <param name="Passkey">The passkey.</param>
/// <param name="SignCount">How often its device says to have used it, with this time; 0 of one that does not count.</param>
/// <param name="Challenge">As of <see cref="NewPasskey"/>.</param>
/// <param name="ChallengeEndsUtc">As there.</param>
public sealed record PasskeyProof(
    Passkey Passkey,
    long SignCount,
    string Challenge,
    DateTime ChallengeEndsUtc
);

/// <summary>What a browser is asked, and what it sends back with the answer.</summary>
/// <param name="Options">What <c>PublicKeyCredential.parse…OptionsFromJSON</c> takes.</param>
/// <param name="State">The challenge, sealed: it is kept nowhere else.</param>
public sealed record PasskeyChallenge(JsonElement Options, string State);

/// <summary>What a browser answers at a sign-in.</summary>
/// <param name="State">The state of <see cref="PasskeyChallenge"/>; null when it has none.</param>
/// <param name="Credential">What <c>PublicKeyCredential.toJSON</c> gave, as JSON.</param>
public sealed record PasskeyAnswer(string? State, string Credential)
{
    /// <summary>Says nothing of the answer.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PasskeyAnswer);
}
