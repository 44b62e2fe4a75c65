namespace Pamps.Auth;

/// <summary>What became of a passkey's answer.</summary>
public enum PasskeyUse
{
    /// <summary>It was taken, and its challenge is taken no more.</summary>
    Taken,

    /// <summary>Its challenge was taken before.</summary>
    ChallengeTaken,

    /// <summary>Its counter has not gone on: there may be two of what there should be one of.</summary>
    CounterBehind,

    /// <summary>There is no such passkey any more.</summary>
    Gone,
}

/// <summary>Where the passkeys of accounts live. It may be a scoped service.</summary>
public interface IPasskeyStore
{
    /// <summary>A passkey; null when there is none of that id.</summary>
    /// <param name="credentialId">Its <see cref="Passkey.CredentialId"/>, as somebody sent it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The passkey.</returns>
    Task<Passkey?> FindAsync(string credentialId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes an answer that is right, and remembers its challenge and its counter: of two at once with the same challenge one is told
    /// that it was taken, and a counter that was kept is only taken by a larger one, or by 0 where it is 0 (Web Authentication, 7.2).
    /// </summary>
    /// <param name="proof">The answer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What became of it.</returns>
    Task<PasskeyUse> UseAsync(PasskeyProof proof, CancellationToken cancellationToken);
}
