using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Template._1;

/// <summary>A row of the table of accounts.</summary>
internal sealed class User
{
    public long Id { get; init; }
    public required string Username { get; init; }
    public required string Email { get; init; }
    public required string PasswordHash { get; init; }
    public bool Active { get; init; } = true;
}

/// <summary>Where accounts live, which is all that sign-in must be told.</summary>
internal sealed class Accounts(Database database) : IAccountStore
{
    /// <returns>Null when the username or the e-mail address is taken.</returns>
    public async Task<User?> AddAsync(string username, string email, string hash, CancellationToken stop)
    {
        var user = new User
        {
            Username = username,
            Email = email.ToLowerInvariant(),
            PasswordHash = hash,
        };
        database.Add(user);
        try
        {
            await database.SaveChangesAsync(stop);
            return user;
        }
        // The unique indexes decide, not a question before: two may ask at once.
        catch (DbUpdateException refused) when (Database.IsDuplicate(refused))
        {
            return null;
        }
    }

    public Task<User?> FindAsync(long id, CancellationToken stop) =>
        database.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, stop);

    public async Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        ToAccount(await FindAsync(accountId, cancellationToken));

    public async Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken)
    {
        var name = usernameOrEmail.ToLowerInvariant();
        return ToAccount(
            await database
                .Users.AsNoTracking()
                .FirstOrDefaultAsync(x => x.Username == name || x.Email == name, cancellationToken)
        );
    }

    private static Account? ToAccount(User? user) =>
        user is null
            ? null
            : new Account(user.Id, user.Username, user.PasswordHash, user.Active, Superuser: false);
}
