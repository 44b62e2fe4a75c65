using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Pamps.Auth.EntityFrameworkCore;

/// <summary>
/// Logins in a table of the host's context. Who wins a race is decided by the database: each step is
/// one statement with its condition in it. They end too when the password of their account changes.
/// </summary>
/// <typeparam name="TDbContext">The host's context.</typeparam>
/// <param name="context">The context of this request.</param>
/// <param name="accounts">Where accounts live; the same database or another.</param>
/// <param name="time">The clock that logins expire by.</param>
public sealed class EfLoginStore<TDbContext>(TDbContext context, IAccountStore accounts, TimeProvider time)
    : ILoginStore
    where TDbContext : DbContext
{
    private DbSet<PampsLogin> Logins => context.Set<PampsLogin>();

    /// <inheritdoc/>
    /// <remarks>Saves whatever else the host has changed in the context and not saved.</remarks>
    public async Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        CancellationToken cancellationToken
    )
    {
        // No lock is needed: the login carries the stamp, so it is worth nothing if the password changes
        // between this question and the insert.
        var stamp = PasswordStamp.Of(passwordHash);
        if (await OwnerAsync(accountId, stamp, cancellationToken) is null)
        {
            return null;
        }

        var now = Now();
        await Logins
            .Where(x => x.AccountId == accountId && x.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        var login = new PampsLogin
        {
            Id = NewId(),
            AccountId = accountId,
            PasswordStamp = stamp,
            RefreshJti = refreshJti,
            ExpiresUtc = expiresUtc,
        };
        Logins.Add(login);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            context.Entry(login).State = EntityState.Detached;
        }

        return login.Id;
    }

    /// <inheritdoc/>
    public async Task<LoginRotation> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime newExpiresUtc,
        CancellationToken cancellationToken
    )
    {
        if (await FindOwnerAsync(loginId, cancellationToken) is not { } account)
        {
            return new LoginRotation.Gone();
        }

        var rotated = await Logins
            .Where(x => x.Id == loginId && x.RefreshJti == presentedJti)
            .ExecuteUpdateAsync(
                x =>
                    x.SetProperty(it => it.RefreshJti, newJti)
                        .SetProperty(it => it.ExpiresUtc, newExpiresUtc),
                cancellationToken
            );
        if (rotated == 1)
        {
            return new LoginRotation.Rotated(account);
        }

        var ended = await DeleteAsync(loginId, cancellationToken);
        return ended == 1 ? new LoginRotation.Reused() : new LoginRotation.Gone();
    }

    /// <inheritdoc/>
    public Task EndAsync(long loginId, CancellationToken cancellationToken) =>
        DeleteAsync(loginId, cancellationToken);

    /// <inheritdoc/>
    public async Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken) =>
        await FindOwnerAsync(loginId, cancellationToken) is { } account
            ? new SignedIn(account.Id, account.Username, account.Superuser, loginId)
            : null;

    private async Task<Account?> FindOwnerAsync(long loginId, CancellationToken cancellationToken)
    {
        var now = Now();
        var login = await Logins
            .AsNoTracking()
            .FirstOrDefaultAsync(x => x.Id == loginId && x.ExpiresUtc > now, cancellationToken);
        return login is null
            ? null
            : await OwnerAsync(login.AccountId, login.PasswordStamp, cancellationToken);
    }

    private async Task<Account?> OwnerAsync(
        long accountId,
        string stamp,
        CancellationToken cancellationToken
    ) =>
        await accounts.FindByIdAsync(accountId, cancellationToken) is { Active: true } account
        && PasswordStamp.Of(account.PasswordHash) == stamp
            ? account
            : null;

    private Task<int> DeleteAsync(long loginId, CancellationToken cancellationToken) =>
        Logins.Where(x => x.Id == loginId).ExecuteDeleteAsync(cancellationToken);

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private static long NewId() =>
        BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
}
