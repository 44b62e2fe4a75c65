namespace Pamps.Auth;

/// <summary>
/// Where logins live. A login is one sign-in with all the refresh tokens descended from it; it keeps
/// the <c>jti</c> of the one that is still good. A scoped service; <c>AddPampsAuth</c>
/// brings one in memory, the package Pamps.Auth.EntityFrameworkCore one in a database.
/// </summary>
/// <remarks>
/// Every method must be atomic: several run at once for the same login. A store of your own is a
/// <see cref="LoginStore"/>, which decides for it what becomes of a refresh token.
/// </remarks>
public interface ILoginStore
{
    /// <summary>Opens a login, unless the account changed since its password was checked.</summary>
    /// <param name="accountId">The account that signs in.</param>
    /// <param name="passwordHash">The hash that the account must still have.</param>
    /// <param name="refreshJti">The one refresh token that is good.</param>
    /// <param name="expiresUtc">When that token, and with it the login, runs out.</param>
    /// <param name="client">
    /// The program that signs in, in its own words, for the account's owner to know the login by: 200 characters at
    /// most, without those that do not show; null when it says nothing.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// The id of the login, never used again for another; null when the account is gone, is not active
    /// or has another hash.
    /// </returns>
    Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        string? client,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Exchanges the one good refresh token of a login for the next. A token that was itself exchanged less than
    /// <paramref name="grace"/> ago is no sign of theft: of a browser's tabs, which share one cookie, two may show the
    /// same token at once.
    /// </summary>
    /// <remarks>
    /// Only the newest of the exchanged tokens is forgiven, and only if it was exchanged with a grace.
    /// <see cref="LoginTokens.Show"/> is this rule.
    /// </remarks>
    /// <param name="loginId">The login.</param>
    /// <param name="presentedJti">The token that somebody shows.</param>
    /// <param name="newJti">The token that takes its place.</param>
    /// <param name="newExpiresUtc">When the new token runs out.</param>
    /// <param name="grace">For how long; zero for not at all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// <see cref="LoginRotation.Rotated"/> for exactly one caller a token;
    /// <see cref="LoginRotation.Overtaken"/> within the grace, and then nothing has changed;
    /// <see cref="LoginRotation.Reused"/> when another token is the good one, and then the login has
    /// been ended; <see cref="LoginRotation.Gone"/> when the login is ended or expired, or its account
    /// is gone or not active.
    /// </returns>
    Task<LoginRotation> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        TimeSpan grace,
        CancellationToken cancellationToken
    );

    /// <summary>Ends a login and with it all its tokens; does nothing when it has ended already.</summary>
    /// <param name="loginId">The login.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that is done when no token of the login is good any more.</returns>
    Task EndAsync(long loginId, CancellationToken cancellationToken);

    /// <summary>
    /// The same for who shows a refresh token of the login, for a store that writes down who signed out: with one that was
    /// exchanged before, nobody knows who that is. Either ends the login.
    /// </summary>
    /// <param name="loginId">The login.</param>
    /// <param name="presentedJti">The <c>jti</c> of the token.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that is done when no token of the login is good any more.</returns>
    Task EndAsync(long loginId, string presentedJti, CancellationToken cancellationToken) =>
        EndAsync(loginId, cancellationToken);

    /// <summary>Finds who a login belongs to. It is called once a request that has a good token.</summary>
    /// <param name="loginId">The login.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>
    /// The account as it is now, with <see cref="SignedIn.Fresh"/> left false; null when the login is
    /// ended or expired, or its account is gone or not active.
    /// </returns>
    Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken);
}
