using Microsoft.EntityFrameworkCore;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>An account as the sign-in needs it. Never leaves the server.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The user's name.</param>
/// <param name="PasswordHash">The password's hash.</param>
/// <param name="Superuser">Whether it is a superuser's.</param>
/// <param name="Active">Whether it may sign in.</param>
public sealed record SignInAccount(long Id, string Username, string PasswordHash, bool Superuser, bool Active)
{
    /// <summary>Leaves the hash out of logs and messages.</summary>
    public override string ToString() => $"{Username} ({Id})";
}

/// <summary>What became of a refresh token that was shown.</summary>
public enum Rotation
{
    /// <summary>It was good, and its successor now is.</summary>
    Done,

    /// <summary>Another request used it a moment ago, which is allowed here; nothing has changed.</summary>
    Overtaken,

    /// <summary>It had been used before; the whole login has been ended.</summary>
    Reused,

    /// <summary>Its login had ended, or the account is gone or closed.</summary>
    Gone,
}

/// <summary>Logins: opened with a password, prolonged with a refresh token, ended by their owner or by misuse.</summary>
public sealed class Logins
{
    private const string AccountColumns = "u.id, u.username, u.password, u.superuser, u.active";

    private readonly IWriteGate writes;
    private readonly RevokingWrites revoking;
    private readonly KnownLogins known;
    private readonly Sql sql;
    private readonly Ids ids;
    private readonly TimeProvider time;

    internal Logins(
        IWriteGate writes,
        RevokingWrites revoking,
        KnownLogins known,
        Sql sql,
        Ids ids,
        TimeProvider time
    )
    {
        (this.writes, this.revoking, this.known) = (writes, revoking, known);
        (this.sql, this.ids, this.time) = (sql, ids, time);
    }

    /// <summary>The account of that user name or e-mail address, ignoring case; null when there is none.</summary>
    public Task<SignInAccount?> FindAccountAsync(
        string usernameOrEmail,
        CancellationToken cancellationToken
    ) =>
        sql.FirstAsync(
            usernameOrEmail.Contains('@', StringComparison.Ordinal)
                ? $"SELECT {AccountColumns} FROM \"user\" u WHERE u.email_key = @key"
                : $"SELECT {AccountColumns} FROM \"user\" u WHERE u.username_key = @key",
            ReadAccount,
            cancellationToken,
            ("key", Names.Key(usernameOrEmail.Trim()))
        );

    /// <summary>The account of that id; null when there is none.</summary>
    public Task<SignInAccount?> FindAccountAsync(long userId, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            $"SELECT {AccountColumns} FROM \"user\" u WHERE u.id = @id",
            ReadAccount,
            cancellationToken,
            ("id", userId)
        );

    /// <summary>
    /// Who a login belongs to; null when the login has ended or the account is closed. Asked at each request, so the
    /// answer is remembered for a second at most.
    /// </summary>
    public ValueTask<LoginOwner?> FindOwnerAsync(long loginId, CancellationToken cancellationToken) =>
        known.FindAsync(
            loginId,
            () =>
                sql.FirstAsync(
                    """
                    SELECT u.id, u.username, u.superuser, l.expires_at FROM login l JOIN "user" u ON u.id = l.user_id
                    WHERE l.id = @id AND l.expires_at > @now AND u.active
                    """,
                    row => new LoginOwner(
                        row.GetInt64(0),
                        row.GetString(1),
                        row.GetBoolean(2),
                        row.GetUtc(3)
                    ),
                    cancellationToken,
                    ("id", loginId),
                    ("now", time.Now())
                )
        );

    /// <summary>
    /// Replaces a hash by a stronger one of the same password; false when it has changed meanwhile.
    /// </summary>
    public async Task<bool> RenewHashAsync(
        long userId,
        string oldHash,
        string newHash,
        CancellationToken cancellationToken
    )
    {
        var renewed = await writes.RunAsync<int>(
            async (db, ct) =>
                await db
                    .Users.Where(x => x.Id == userId && x.Password == oldHash)
                    .ExecuteUpdateAsync(x => x.SetProperty(u => u.Password, newHash), ct),
            cancellationToken
        );
        return renewed.Value == 1;
    }

    /// <summary>Opens a login and answers with its id.</summary>
    /// <param name="userId">Whose login.</param>
    /// <param name="passwordHash">The hash that the password was checked against: if it changed since, no login.</param>
    /// <param name="refreshJti">The <c>jti</c> of the first refresh token.</param>
    /// <param name="expiresAt">When the login ends by itself, UTC.</param>
    /// <param name="client">The program that signs in, in its own words; null when it says nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<long>> OpenAsync(
        long userId,
        string passwordHash,
        string refreshJti,
        DateTime expiresAt,
        string? client,
        CancellationToken cancellationToken
    ) =>
        writes.RunAsync<long>(
            async (db, ct) =>
            {
                // An update, not a question: it locks the row, so that a change of password at the same moment either
                // sees this login and ends it, or makes this condition false.
                var mayOpen = await db
                    .Users.Where(x => x.Id == userId && x.Active && x.Password == passwordHash)
                    .ExecuteUpdateAsync(x => x.SetProperty(u => u.Active, true), ct);
                if (mayOpen == 0)
                {
                    return Error.NotSignedIn;
                }
                var login = new Login
                {
                    Id = ids.Next(),
                    UserId = userId,
                    RefreshJti = refreshJti,
                    CreatedAt = time.Now(),
                    ExpiresAt = expiresAt,
                    Client = LoginClient.Normalize(client),
                };
                db.Logins.Add(login);
                await db.SaveChangesAsync(ct);
                return login.Id;
            },
            cancellationToken
        );

    /// <summary>Exchanges a refresh token for its successor. One that was used before ends the login.</summary>
    /// <param name="loginId">The login that the token belongs to.</param>
    /// <param name="presentedJti">The token's <c>jti</c>.</param>
    /// <param name="newJti">The successor's.</param>
    /// <param name="expiresAt">When the login ends by itself from now on, UTC.</param>
    /// <param name="grace">
    /// How long after its exchange the token may be shown once more without ending the login, if that exchange
    /// allowed a grace too; zero for never.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of it, and the account it belongs to when it was good.</returns>
    public async Task<(Rotation Rotation, SignInAccount? Account)> RotateAsync(
        long loginId,
        string presentedJti,
        string newJti,
        DateTime expiresAt,
        TimeSpan grace,
        CancellationToken cancellationToken
    )
    {
        var remembered = grace > TimeSpan.Zero ? presentedJti : null;
        var result = await writes.RunAsync<(Rotation, SignInAccount?)>(
            async (db, ct) =>
            {
                var now = time.Now();
                var login = db.Logins.Where(x => x.Id == loginId);
                // Read before the exchange and in its transaction: a second use of the token may end the login as
                // soon as it is done, and the first use is still the good one.
                var account = await login
                    .Where(x => x.ExpiresAt > now)
                    .Join(db.Users.Where(u => u.Active), x => x.UserId, u => u.Id, (x, u) => u)
                    .Select(u => new SignInAccount(u.Id, u.Username, u.Password, u.Superuser, u.Active))
                    .SingleOrDefaultAsync(ct);
                if (account is null)
                {
                    return (Rotation.Gone, null);
                }
                var rotated = await login
                    .Where(x => x.RefreshJti == presentedJti)
                    .ExecuteUpdateAsync(
                        x =>
                            x.SetProperty(l => l.RefreshJti, newJti)
                                .SetProperty(l => l.PreviousJti, remembered)
                                .SetProperty(l => l.ExpiresAt, expiresAt)
                                .SetProperty(l => l.LastUsedAt, (DateTime?)now),
                        ct
                    );
                if (rotated == 1)
                {
                    return (Rotation.Done, account);
                }
                var isOvertaken =
                    remembered is not null
                    && await login.AnyAsync(
                        x => x.PreviousJti == remembered && x.LastUsedAt > now - grace,
                        ct
                    );
                if (isOvertaken)
                {
                    return (Rotation.Overtaken, account);
                }
                await login.ExecuteDeleteAsync(ct);
                return (Rotation.Reused, null);
            },
            cancellationToken
        );
        if (result.Value.Item1 == Rotation.Reused)
        {
            revoking.Forget();
        }
        return result.Value;
    }

    /// <summary>Ends a login; ending one that has ended is no error.</summary>
    public Task EndAsync(long loginId, CancellationToken cancellationToken) =>
        revoking.RunAsync<Done>(
            async (db, ct) =>
            {
                await db.Logins.Where(x => x.Id == loginId).ExecuteDeleteAsync(ct);
                return new Done();
            },
            cancellationToken
        );

    private static SignInAccount ReadAccount(System.Data.Common.DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4));
}
