using Microsoft.Extensions.Logging;

namespace Pamps.Auth;

/// <summary>Checks passkeys at sign-ins.</summary>
/// <param name="ceremonies">Checks what they answer.</param>
/// <param name="store">Where they live.</param>
/// <param name="log">Told of counters that do not go on.</param>
public sealed partial class PasskeyChecks(
    PasskeyCeremonies ceremonies,
    IPasskeyStore store,
    ILogger<PasskeyChecks> log
)
{
    /// <summary>An answer to a challenge that is good; whether the answer is, was not looked at.</summary>
    /// <param name="Challenge">The challenge.</param>
    /// <param name="Answer">The answer.</param>
    /// <param name="CredentialId">The passkey that it names; empty when it cannot be told.</param>
    /// <param name="Passkey">The passkey; null when there is none such.</param>
    internal sealed record Presented(
        PasskeyState.Opened Challenge,
        PasskeyAnswer Answer,
        string CredentialId,
        Passkey? Passkey
    );

    /// <summary>Reads an answer; null when its challenge is not good: too old, or another browser's.</summary>
    internal async Task<Presented?> ReadAsync(PasskeyAnswer answer, CancellationToken cancellationToken)
    {
        if (ceremonies.Open(answer) is not { } challenge)
        {
            return null;
        }
        var id = PasskeyCeremonies.CredentialIdOf(answer);
        return new Presented(
            challenge,
            answer,
            id ?? "",
            id is null ? null : await store.FindAsync(id, cancellationToken)
        );
    }

    /// <summary>Whether an answer is right; then it is good no more.</summary>
    internal async Task<bool> UseAsync(Presented presented, CancellationToken cancellationToken)
    {
        if (
            presented.Passkey is not { } passkey
            || await ceremonies.CheckAsync(presented.Challenge, presented.Answer, passkey) is not { } proof
        )
        {
            return false;
        }
        var use = await store.UseAsync(proof, cancellationToken);
        if (use == PasskeyUse.CounterBehind)
        {
            LogCounter(passkey.AccountId);
        }
        return use == PasskeyUse.Taken;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The counter of a passkey of account {AccountId} has not gone on: it may have been copied. Nobody was signed in."
    )]
    private partial void LogCounter(long accountId);
}
