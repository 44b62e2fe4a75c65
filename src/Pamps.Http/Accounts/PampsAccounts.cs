using Pamps.Auth;
using Pamps.Core.Users;

namespace Pamps.Http.Accounts;

/// <summary>Tells Pamps.Auth where accounts live.</summary>
internal sealed class PampsAccounts(Logins logins) : IAccountStore
{
    public async Task<Account?> FindByNameAsync(
        string usernameOrEmail,
        CancellationToken cancellationToken
    ) =>
        await logins.FindAccountAsync(usernameOrEmail, cancellationToken) is { } found
            ? found.ToAccount()
            : null;

    public async Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        (await logins.FindAccountAsync(accountId, cancellationToken))?.ToAccount();

    public Task<bool> ReplaceHashAsync(
        long accountId,
        string oldHash,
        string newHash,
        CancellationToken cancellationToken
    ) => logins.RenewHashAsync(accountId, oldHash, newHash, cancellationToken);
}

/// <summary>Tells Pamps.Auth where logins live.</summary>
internal sealed class PampsLogins(Logins logins) : ILoginStore
{
    public async Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        string? client,
        CancellationToken cancellationToken
    )
    {
        var opened = await logins.OpenAsync(
            accountId,
            passwordHash,
            refreshJti,
            expiresUtc,
            client,
            cancellationToken
        );
        return opened.IsRefused(out _) ? null : opened.Value;
    }

    public async Task<LoginRotation> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        TimeSpan grace,
        CancellationToken cancellationToken
    )
    {
        var (rotation, account) = await logins.RotateAsync(
            loginId,
            presentedJti,
            newJti,
            newExpiresUtc,
            grace,
            cancellationToken
        );
        return (rotation, account) switch
        {
            (Rotation.Reused, _) => new LoginRotation.Reused(),
            (Rotation.Done, not null) => new LoginRotation.Rotated(account.ToAccount()),
            (Rotation.Overtaken, not null) => new LoginRotation.Overtaken(account.ToAccount()),
            _ => new LoginRotation.Gone(),
        };
    }

    public Task EndAsync(long loginId, CancellationToken cancellationToken) =>
        logins.EndAsync(loginId, cancellationToken);

    public async Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken) =>
        await logins.FindOwnerAsync(loginId, cancellationToken) is { } owner
            ? new SignedIn(owner.Id, owner.Username, owner.Superuser, loginId)
            : null;
}

/// <summary>Lends Core the password hashing of Pamps.Auth, with its limit on how many run at once.</summary>
internal sealed class PampsPasswords(PasswordHashing hashing) : IPasswords
{
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        hashing.HashAsync(password, cancellationToken);

    public async Task<bool> IsRightAsync(string hash, string password, CancellationToken cancellationToken) =>
        await hashing.CheckAsync(hash, password, cancellationToken) != PasswordCheck.Wrong;
}

internal static class AccountMapping
{
    public static Account ToAccount(this SignInAccount account) =>
        new(account.Id, account.Username, account.PasswordHash, account.Active, account.Superuser);

    public static Core.Viewer ToViewer(this SignedIn me) =>
        new(me.AccountId, me.Username, me.Superuser, me.LoginId);
}
