namespace Pamps.Auth;

/// <summary>
/// Logins in the memory of this process: all end with it. They end too when the password of their
/// account changes.
/// </summary>
internal sealed class InMemoryLoginStore(IAccountStore accounts, InMemoryLogins logins, TimeProvider time)
    : ILoginStore
{
    public async Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        CancellationToken cancellationToken
    )
    {
        var stamp = PasswordStamp.Of(passwordHash);
        return await OwnerAsync(accountId, stamp, cancellationToken) is null
            ? null
            : logins.Add(new InMemoryLogin(accountId, stamp, refreshJti, expiresUtc), Now());
    }

    public async Task<LoginRotation> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        CancellationToken cancellationToken
    )
    {
        if (
            Alive(loginId) is not { } login
            || await OwnerAsync(login.AccountId, login.Stamp, cancellationToken) is not { } account
        )
        {
            return new LoginRotation.Gone();
        }

        var next = login with { Jti = newJti, ExpiresUtc = newExpiresUtc };
        if (logins.TryReplace(loginId, presentedJti, next))
        {
            return new LoginRotation.Rotated(account);
        }

        return logins.Remove(loginId) ? new LoginRotation.Reused() : new LoginRotation.Gone();
    }

    public Task EndAsync(long loginId, CancellationToken cancellationToken)
    {
        logins.Remove(loginId);
        return Task.CompletedTask;
    }

    public async Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken) =>
        Alive(loginId) is { } login
        && await OwnerAsync(login.AccountId, login.Stamp, cancellationToken) is { } account
            ? new SignedIn(account.Id, account.Username, account.Superuser, loginId)
            : null;

    private InMemoryLogin? Alive(long loginId) =>
        logins.Find(loginId) is { } login && login.ExpiresUtc > Now() ? login : null;

    private async Task<Account?> OwnerAsync(
        long accountId,
        string stamp,
        CancellationToken cancellationToken
    ) =>
        await accounts.FindByIdAsync(accountId, cancellationToken) is { Active: true } account
        && PasswordStamp.Of(account.PasswordHash) == stamp
            ? account
            : null;

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
