namespace Pamps.Auth;

/// <summary>Where accounts live. The host writes it; it may be a scoped service.</summary>
public interface IAccountStore
{
    /// <summary>Finds the account that somebody who signs in means.</summary>
    /// <param name="usernameOrEmail">
    /// As it was typed, of any length but never empty and never with a NUL character.
    /// </param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The account, active or not; null when there is none.</returns>
    Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken);

    /// <summary>
    /// Finds an account again, for each request with a token. Only the login stores of this library
    /// ask.
    /// </summary>
    /// <param name="accountId">Its id.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The account as it is now, active or not; null when it is gone.</returns>
    Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a hash by a stronger one of the same password. Does nothing when the account is gone
    /// or its hash is no longer <paramref name="oldHash"/>. A store that leaves it out keeps the hashes
    /// it has.
    /// </summary>
    /// <remarks>
    /// The login stores of this library end the account's other logins then, as they do when its
    /// password changes.
    /// </remarks>
    /// <param name="accountId">The account.</param>
    /// <param name="oldHash">The hash that the password was checked against.</param>
    /// <param name="newHash">The hash to keep instead.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether the hash was replaced.</returns>
    Task<bool> ReplaceHashAsync(
        long accountId,
        string oldHash,
        string newHash,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);
}
