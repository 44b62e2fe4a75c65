using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Http.Accounts;

/// <summary>Tells Pamps.Auth where passkeys live.</summary>
internal sealed class PampsPasskeys(UsePasskey use, Caller caller) : IPasskeyStore
{
    public async Task<Passkey?> FindAsync(string credentialId, CancellationToken cancellationToken) =>
        await use.FindAsync(credentialId, cancellationToken) is { } found ? found.ToPasskey() : null;

    public async Task<PasskeyUse> UseAsync(PasskeyProof proof, CancellationToken cancellationToken)
    {
        var outcome = await use.RunAsync(
            proof.Passkey.ToKept(),
            new PasskeyAnswered(proof.SignCount, proof.Challenge, proof.ChallengeEndsUtc),
            caller.Network,
            cancellationToken
        );
        caller.HasSecondFactor = outcome == PasskeyOutcome.Taken;
        return outcome switch
        {
            PasskeyOutcome.Taken => PasskeyUse.Taken,
            PasskeyOutcome.ChallengeTaken => PasskeyUse.ChallengeTaken,
            PasskeyOutcome.CounterBehind => PasskeyUse.CounterBehind,
            _ => PasskeyUse.Gone,
        };
    }
}

/// <summary>Lends Core the ceremonies of Pamps.Auth.</summary>
internal sealed class PampsPasskeyMaker(PasskeyCeremonies ceremonies) : IPasskeyMaker
{
    public bool IsOpen => ceremonies.IsOpen;

    // The framework's handler takes no token.
    public async Task<AskedPasskey> BeginAsync(
        Viewer viewer,
        IReadOnlyList<KeptPasskey> theirs,
        CancellationToken cancellationToken
    )
    {
        var asked = await ceremonies
            .BeginAddingAsync(
                viewer.Id,
                viewer.LoginId,
                viewer.Username,
                [.. theirs.Select(x => x.ToPasskey())]
            )
            .WaitAsync(cancellationToken);
        return new AskedPasskey(asked.Options, asked.State);
    }

    public async Task<MadePasskey?> ReadAsync(
        Viewer viewer,
        string? state,
        string credential,
        CancellationToken cancellationToken
    ) =>
        await ceremonies
            .AddAsync(viewer.Id, viewer.LoginId, new PasskeyAnswer(state, credential))
            .WaitAsync(cancellationToken)
            is { } made
            ? new MadePasskey(
                made.Passkey.ToKept(),
                new PasskeyAnswered(made.SignCount, made.Challenge, made.ChallengeEndsUtc)
            )
            : null;
}

internal static class PasskeyMapping
{
    public static Passkey ToPasskey(this KeptPasskey x) =>
        new(x.UserId, x.CredentialId, x.UserHandle, x.PublicKey, x.IsBackupEligible, x.Transports);

    public static KeptPasskey ToKept(this Passkey x) =>
        new(x.AccountId, x.CredentialId, x.UserHandle, x.PublicKey, x.IsBackupEligible, x.Transports);
}
