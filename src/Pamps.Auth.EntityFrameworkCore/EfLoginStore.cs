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
    : LoginStore(time)
    where TDbContext : DbContext
{
    private DbSet<PampsLogin> Logins => context.Set<PampsLogin>();

    /// <inheritdoc/>
    /// <remarks>Saves whatever else the host has changed in the context and not saved.</remarks>
    public override async Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        string? client,
        CancellationToken cancellationToken
    )
    {
        // No lock is needed: the login carries the stamp, so it is worth nothing if the password changes
        // between this question and the insert.
        var stamp = PasswordStamp.Of(passwordHash);
        if (await accounts.FindByStampAsync(accountId, stamp, cancellationToken) is null)
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
            Client = client,
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
    protected override async Task<KeptLogin?> ReadAsync(long loginId, CancellationToken cancellationToken)
    {
        var now = Now();
        var login = await Logins
            .AsNoTracking()
            .FirstOrDefaultAsync(x => x.Id == loginId && x.ExpiresUtc > now, cancellationToken);
        return
            login is not null
            && await accounts.FindByStampAsync(login.AccountId, login.PasswordStamp, cancellationToken)
                is { } account
            ? new KeptLogin(
                account,
                new LoginTokens(login.RefreshJti, login.ExpiresUtc, login.PreviousJti, login.ExchangedUtc)
            )
            : null;
    }

    /// <inheritdoc/>
    protected override async Task<bool> ExchangeAsync(
        long loginId,
        LoginTokens read,
        LoginTokens next,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(next);
        return await Logins
                .Where(x => x.Id == loginId && x.RefreshJti == read.RefreshJti)
                .ExecuteUpdateAsync(
                    x =>
                        x.SetProperty(it => it.RefreshJti, next.RefreshJti)
                            .SetProperty(it => it.PreviousJti, next.PreviousJti)
                            .SetProperty(it => it.ExchangedUtc, next.ExchangedUtc)
                            .SetProperty(it => it.ExpiresUtc, next.ExpiresUtc),
                    cancellationToken
                ) == 1;
    }

    /// <inheritdoc/>
    protected override async Task<bool> DeleteAsync(long loginId, CancellationToken cancellationToken) =>
        await Logins.Where(x => x.Id == loginId).ExecuteDeleteAsync(cancellationToken) == 1;

    private static long NewId() =>
        BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
}
