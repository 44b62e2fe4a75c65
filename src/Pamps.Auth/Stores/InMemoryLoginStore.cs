namespace Pamps.Auth;

/// <summary>
/// Logins in the memory of this process: all end with it. They end too when the password of their
/// account changes. No client is kept, as nobody could ask for it.
/// </summary>
internal sealed class InMemoryLoginStore(IAccountStore accounts, InMemoryLogins logins, TimeProvider time)
    : LoginStore(time)
{
    public override async Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        string? client,
        CancellationToken cancellationToken
    )
    {
        var stamp = PasswordStamp.Of(passwordHash);
        return await accounts.FindByStampAsync(accountId, stamp, cancellationToken) is null
            ? null
            : logins.Add(new InMemoryLogin(accountId, stamp, new LoginTokens(refreshJti, expiresUtc)), Now());
    }

    protected override async Task<KeptLogin?> ReadAsync(long loginId, CancellationToken cancellationToken) =>
        logins.Find(loginId) is { } login
        && login.Tokens.ExpiresUtc > Now()
        && await accounts.FindByStampAsync(login.AccountId, login.Stamp, cancellationToken) is { } account
            ? new KeptLogin(account, login.Tokens)
            : null;

    protected override Task<bool> ExchangeAsync(
        long loginId,
        LoginTokens read,
        LoginTokens next,
        CancellationToken cancellationToken
    ) => Task.FromResult(logins.TryReplace(loginId, read, next));

    protected override Task<bool> DeleteAsync(long loginId, CancellationToken cancellationToken) =>
        Task.FromResult(logins.Remove(loginId));
}
