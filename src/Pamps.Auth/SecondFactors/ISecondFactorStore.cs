namespace Pamps.Auth;

/// <summary>What became of a second factor that an account asks for.</summary>
public enum SecondFactorCheck
{
    /// <summary>The account asks for none.</summary>
    NotAsked,

    /// <summary>It asks for one, and none was given.</summary>
    Missing,

    /// <summary>What was given is not right, or was used before.</summary>
    Wrong,

    /// <summary>It is right, and will not be taken again.</summary>
    Right,
}

/// <summary>
/// Where the second factors of accounts live. A host without one signs in with the password alone; it may be a scoped service.
/// </summary>
public interface ISecondFactorStore
{
    /// <summary>
    /// Checks what somebody has given whose password is right, and uses it up: of two at once with the same code one is told that
    /// it is right. Wrong ones are counted by the caller, as wrong passwords are.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="code">A code of <see cref="Totp"/> or of <see cref="RecoveryCodes"/>, as it was typed; null when none was given.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What became of it.</returns>
    Task<SecondFactorCheck> CheckAsync(long accountId, string? code, CancellationToken cancellationToken);
}
