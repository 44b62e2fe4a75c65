using Pamps.Auth;

namespace Template._1;

internal sealed record User(long Id, string Username, string Email, string PasswordHash);

/// <summary>Where accounts live, which is all that sign-in must be told.</summary>
internal sealed class Accounts : IAccountStore
{
    private readonly Lock guard = new();
    private readonly List<User> users = [];

    /// <returns>Null when the username or the e-mail address is taken.</returns>
    public Task<User?> AddAsync(string username, string email, string hash, CancellationToken stop)
    {
        lock (guard)
        {
            var user = new User(users.Count + 1, username, email.ToLowerInvariant(), hash);
            if (users.Exists(x => x.Username == user.Username || x.Email == user.Email))
            {
                return Task.FromResult<User?>(null);
            }
            users.Add(user);
            return Task.FromResult<User?>(user);
        }
    }

    public Task<User?> FindAsync(long id, CancellationToken stop) => Task.FromResult(Find(x => x.Id == id));

    public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        Task.FromResult(ToAccount(Find(x => x.Id == accountId)));

    public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken)
    {
        var name = usernameOrEmail.ToLowerInvariant();
        return Task.FromResult(ToAccount(Find(x => x.Username == name || x.Email == name)));
    }

    private User? Find(Predicate<User> which)
    {
        lock (guard)
        {
            return users.Find(which);
        }
    }

    private static Account? ToAccount(User? user) =>
        user is null
            ? null
            : new Account(user.Id, user.Username, user.PasswordHash, Active: true, Superuser: false);
}
