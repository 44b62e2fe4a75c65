namespace Pamps.Auth.Tests;

/// <summary>Refuses what a database would: PostgreSQL takes no NUL in a text.</summary>
internal sealed class StrictAccountStore(InMemoryAccountStore inner) : IAccountStore
{
    public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(usernameOrEmail);
        return usernameOrEmail.Contains('\0')
            ? throw new ArgumentException("A NUL character.", nameof(usernameOrEmail))
            : inner.FindByNameAsync(usernameOrEmail, cancellationToken);
    }

    public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        inner.FindByIdAsync(accountId, cancellationToken);

    public Task<bool> ReplaceHashAsync(
        long accountId,
        string oldHash,
        string newHash,
        CancellationToken cancellationToken
    ) => inner.ReplaceHashAsync(accountId, oldHash, newHash, cancellationToken);
}
