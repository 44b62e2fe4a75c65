using System.Collections.Concurrent;

namespace Pamps.Auth;

/// <summary>Accounts in the memory of this process, for samples and tests.</summary>
public sealed class InMemoryAccountStore : IAccountStore
{
    private readonly ConcurrentDictionary<long, Account> _accounts = new();

    /// <summary>Adds an account or replaces the one with its id.</summary>
    /// <param name="account">The account as it is to be.</param>
    public void Put(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        _accounts[account.Id] = account;
    }

    /// <summary>Removes an account, if there is one.</summary>
    /// <param name="accountId">Its id.</param>
    public void Remove(long accountId) => _accounts.TryRemove(accountId, out _);

    /// <summary>Finds an account by its id.</summary>
    /// <param name="accountId">Its id.</param>
    /// <returns>The account as it is now, or null.</returns>
    public Account? Find(long accountId) => _accounts.GetValueOrDefault(accountId);

    /// <inheritdoc/>
    public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken) =>
        Task.FromResult(
            _accounts.Values.FirstOrDefault(account =>
                string.Equals(account.Username, usernameOrEmail, StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <inheritdoc/>
    public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(accountId));

    /// <inheritdoc/>
    public Task<bool> ReplaceHashAsync(
        long accountId,
        string oldHash,
        string newHash,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            _accounts.TryGetValue(accountId, out var account)
                && account.PasswordHash == oldHash
                && _accounts.TryUpdate(accountId, account with { PasswordHash = newHash }, account)
        );
}
