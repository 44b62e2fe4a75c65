namespace Pamps.Auth;

/// <summary>Logins in the memory of this process, for samples and tests. All end with the process.</summary>
/// <param name="accounts">Where the accounts are.</param>
/// <param name="time">The clock that logins expire by.</param>
public sealed class InMemoryLoginStore(InMemoryAccountStore accounts, TimeProvider time) : ILoginStore
{
    private readonly Dictionary<long, Login> _logins = [];
    private readonly Lock _lock = new();
    private long _last;

    /// <inheritdoc/>
    public Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            if (
                accounts.Find(accountId) is not { Active: true } account
                || account.PasswordHash != passwordHash
            )
            {
                return Task.FromResult<long?>(null);
            }

            DropExpired();
            _logins.Add(++_last, new Login(accountId, refreshJti, expiresUtc));
            return Task.FromResult<long?>(_last);
        }
    }

    /// <inheritdoc/>
    public Task<LoginRotation> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            return Task.FromResult(Rotate(loginId, presentedJti, newJti, newExpiresUtc));
        }
    }

    /// <inheritdoc/>
    public Task EndAsync(long loginId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _logins.Remove(loginId);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(
                Owner(loginId) is { } account
                    ? new SignedIn(account.Id, account.Username, account.Superuser, loginId)
                    : null
            );
        }
    }

    private LoginRotation Rotate(long loginId, string presentedJti, string newJti, DateTime newExpiresUtc)
    {
        if (Owner(loginId) is not { } account)
        {
            return new LoginRotation.Gone();
        }

        if (_logins[loginId].Jti != presentedJti)
        {
            _logins.Remove(loginId);
            return new LoginRotation.Reused();
        }

        _logins[loginId] = new Login(account.Id, newJti, newExpiresUtc);
        return new LoginRotation.Rotated(account);
    }

    private Account? Owner(long loginId) =>
        _logins.TryGetValue(loginId, out var login)
        && login.ExpiresUtc > time.GetUtcNow().UtcDateTime
        && accounts.Find(login.AccountId) is { Active: true } account
            ? account
            : null;

    private void DropExpired()
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var (id, login) in _logins)
        {
            if (login.ExpiresUtc <= now)
            {
                _logins.Remove(id);
            }
        }
    }

    private sealed record Login(long AccountId, string Jti, DateTime ExpiresUtc);
}
