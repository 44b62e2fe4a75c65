namespace Pamps.Auth;

/// <summary>A login as it stands.</summary>
/// <param name="Account">Whose it is, as the account is now.</param>
/// <param name="Tokens">Its refresh tokens.</param>
public sealed record KeptLogin(Account Account, LoginTokens Tokens);

/// <summary>
/// A login store that only reads, exchanges and deletes: what becomes of a refresh token is decided here, for every
/// store alike. Each of its methods must be atomic, and what one has written the next must see.
/// </summary>
/// <param name="time">The clock that logins expire by.</param>
public abstract class LoginStore(TimeProvider time) : ILoginStore
{
    /// <inheritdoc/>
    public abstract Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        string? client,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public async Task<LoginRotation> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        TimeSpan grace,
        CancellationToken cancellationToken
    )
    {
        // Whoever loses the race for a token finds it exchanged, so a second look decides.
        for (var look = 1; look <= 2; look++)
        {
            if (await ReadAsync(loginId, cancellationToken) is not { } login)
            {
                break;
            }

            switch (login.Tokens.Show(presentedJti, newJti, newExpiresUtc, grace, Now()))
            {
                case RotationStep.Keep:
                    return new LoginRotation.Overtaken(login.Account);
                case RotationStep.End:
                    return await DeleteAsync(loginId, cancellationToken)
                        ? new LoginRotation.Reused()
                        : new LoginRotation.Gone();
                case RotationStep.Exchange(var next)
                    when await ExchangeAsync(loginId, login.Tokens, next, cancellationToken):
                    return new LoginRotation.Rotated(login.Account);
            }
        }

        return new LoginRotation.Gone();
    }

    /// <inheritdoc/>
    public virtual Task EndAsync(long loginId, CancellationToken cancellationToken) =>
        DeleteAsync(loginId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task EndAsync(long loginId, string presentedJti, CancellationToken cancellationToken) =>
        EndAsync(loginId, cancellationToken);

    /// <inheritdoc/>
    public virtual async Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken) =>
        await ReadAsync(loginId, cancellationToken) is { Account: var account }
            ? new SignedIn(account.Id, account.Username, account.Superuser, loginId)
            : null;

    /// <summary>Reads a login.</summary>
    /// <param name="loginId">The login.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when it is ended or expired, or its account is gone or not active.</returns>
    protected abstract Task<KeptLogin?> ReadAsync(long loginId, CancellationToken cancellationToken);

    /// <summary>Writes the next tokens, if the good one is still the one that was read.</summary>
    /// <param name="loginId">The login.</param>
    /// <param name="read">What was read.</param>
    /// <param name="next">What to keep instead.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether they were written: true for exactly one caller a token.</returns>
    protected abstract Task<bool> ExchangeAsync(
        long loginId,
        LoginTokens read,
        LoginTokens next,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Deletes a login: of which a refresh token was used twice, or, where <see cref="EndAsync(long, CancellationToken)"/> is left as it is, that ends.
    /// </summary>
    /// <param name="loginId">The login.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether there was one; true for exactly one caller.</returns>
    protected abstract Task<bool> DeleteAsync(long loginId, CancellationToken cancellationToken);

    /// <summary>The time.</summary>
    /// <returns>In UTC.</returns>
    protected DateTime Now() => time.GetUtcNow().UtcDateTime;
}
