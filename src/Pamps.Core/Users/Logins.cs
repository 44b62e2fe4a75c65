using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
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
    /// <summary>Whether it is suspended, and may yet be restored.</summary>
    public bool Suspended { get; init; }

    /// <summary>Whether its owner has registered, and waits to be approved.</summary>
    public bool Waits { get; init; }

    /// <summary>Leaves the hash out of logs and messages.</summary>
    public override string ToString() => $"{Username} ({Id})";
}

/// <summary>A login that is good, as the exchange of its refresh token needs it.</summary>
/// <param name="Account">Whose it is, as the account is now.</param>
/// <param name="RefreshJti">The <c>jti</c> of the one refresh token that is good.</param>
/// <param name="ExpiresAt">When the login ends by itself, UTC.</param>
/// <param name="PreviousJti">The <c>jti</c> that was replaced last, where it may be shown once more; else null.</param>
/// <param name="LastUsedAt">When it was replaced, UTC; null when the first token is still the good one.</param>
public sealed record OpenLogin(
    SignInAccount Account,
    string RefreshJti,
    DateTime ExpiresAt,
    string? PreviousJti,
    DateTime? LastUsedAt
);

/// <summary>
/// Logins: opened with a password, prolonged with a refresh token, ended by their owner or by misuse. What a token that was
/// used before means, Pamps.Auth decides, whose rule it is for every store; that it is exchanged once is seen to here.
/// </summary>
public sealed class Logins
{
    private const string AccountColumns =
        $"u.id, u.username, a.password, a.superuser, {UserSql.IsActive}, u.erase_at IS NOT NULL, {UserSql.Waits}";

    private readonly Writer writer;
    private readonly RevokingWriter revoking;
    private readonly KnownLogins known;
    private readonly KnownDevices devices;
    private readonly Quotas quotas;
    private readonly Sql sql;
    private readonly TimeProvider time;

    internal Logins(
        Writer writer,
        RevokingWriter revoking,
        KnownLogins known,
        KnownDevices devices,
        Quotas quotas,
        Sql sql,
        TimeProvider time
    )
    {
        (this.writer, this.revoking, this.known) = (writer, revoking, known);
        (this.devices, this.quotas, this.sql, this.time) = (devices, quotas, sql, time);
    }

    /// <summary>The account of that user name or e-mail address, ignoring case; null when there is none.</summary>
    public Task<SignInAccount?> FindAccountAsync(
        string usernameOrEmail,
        CancellationToken cancellationToken
    ) =>
        sql.FirstAsync(
            usernameOrEmail.Contains('@', StringComparison.Ordinal)
                ? $"SELECT {AccountColumns} FROM {UserSql.WithAccount} WHERE a.email_key = @key"
                : $"SELECT {AccountColumns} FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@key")}",
            ReadAccount,
            cancellationToken,
            ("key", Names.Key(usernameOrEmail.Trim()))
        );

    /// <summary>The account of that id; null when there is none.</summary>
    public Task<SignInAccount?> FindAccountAsync(long userId, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            $"SELECT {AccountColumns} FROM {UserSql.WithAccount} WHERE u.id = @id",
            ReadAccount,
            cancellationToken,
            ("id", userId)
        );

    /// <summary>
    /// Who a login belongs to; null when the login has ended or the account is closed. Asked at each request, so the
    /// answer is remembered for a second at most.
    /// </summary>
    public ValueTask<LoginOwner?> FindOwnerAsync(long loginId, CancellationToken cancellationToken) =>
        known.FindAsync(loginId, () => sql.FirstAsync(
                $"""
                SELECT u.id, u.username, a.superuser, l.expires_at, a.role, a.filters_version, a.has_bookmarks
                FROM {UserSql.WithAccount} JOIN login l ON l.user_id = u.id
                WHERE l.id = @id AND l.expires_at > @now AND {UserSql.IsActive}
                """,
                row => new LoginOwner(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetUtc(3))
                {
                    Role = Roles.Of(row.GetBoolean(2), row.GetInt16(4)),
                    FiltersVersion = row.GetInt64(5),
                    HasBookmarks = row.GetBoolean(6),
                },
                cancellationToken,
                ("id", loginId),
                ("now", time.Now())
            ));

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
        var renewed = await writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(
                    new Statement(
                        "UPDATE account SET password = @new WHERE user_id = @id AND password = @old",
                        ("new", newHash),
                        ("id", userId),
                        ("old", oldHash)
                    )
                ),
            cancellationToken
        );
        return renewed.Value == 1;
    }

    /// <summary>
    /// Opens a login and answers with its id. Where it comes from a network or with a program that the account was not signed in to with
    /// in 90 days, its owner is told by mail. Refused when the account has changed, and when it was signed in to enough for now.
    /// </summary>
    /// <param name="userId">Whose login.</param>
    /// <param name="passwordHash">The hash that the password was checked against: if it changed since, no login.</param>
    /// <param name="refreshJti">The <c>jti</c> of the first refresh token.</param>
    /// <param name="expiresAt">When the login ends by itself, UTC.</param>
    /// <param name="client">
    /// The program that signs in, in its own words: 200 characters at most, all of which show, as Pamps.Auth leaves them;
    /// null when it says nothing.
    /// </param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="language">The language of the mail, as <see cref="Viewer.Language"/>.</param>
    /// <param name="hasSecondFactor">Whether a code was given: if the account asks for one by now, no login without.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<long>> OpenAsync(
        long userId,
        string passwordHash,
        string refreshJti,
        DateTime expiresAt,
        string? client,
        string? network,
        string? language,
        bool hasSecondFactor,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<long>(
            viewer: null,
            quotas.OfSignIns(userId),
            key: null,
            async write =>
            {
                // A change of password, a suspension or a new second factor at the same moment either sees this login and ends it, or is seen here.
                write.LockUser(userId);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT {KnownDevices.Columns} FROM {UserSql.WithAccount} WHERE u.id = @id AND a.password = @password AND {UserSql.IsActive}
                        AND (@second OR NOT EXISTS (SELECT 1 FROM {SecondFactorSql.InForce} AND s.user_id = u.id))
                        """,
                        [
                            ("id", userId),
                            ("password", passwordHash),
                            ("second", hasSecondFactor),
                            .. devices.ParametersOf(userId, network, client, write.Now),
                        ]
                    ),
                    KnownDevices.Read
                );
                if (found is null)
                {
                    return Error.NotSignedIn;
                }
                var id = write.NewId();
                write.Then(LoginSql.Open(write, id, userId, refreshJti, expiresAt, client));
                devices.Remember(write, userId, network, client, language, found);
                write.Audit(new SecurityEvent(SecurityEventKinds.SignIn, userId, userId, network));
                return id;
            },
            cancellationToken
        );

    /// <summary>A login; null when it has ended, or its account is gone or closed.</summary>
    public Task<OpenLogin?> FindAsync(long loginId, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            $"""
            SELECT {AccountColumns}, l.refresh_jti, l.expires_at, l.previous_jti, l.last_used_at
            FROM {UserSql.WithAccount} JOIN login l ON l.user_id = u.id
            WHERE l.id = @id AND l.expires_at > @now AND {UserSql.IsActive}
            """,
            row => new OpenLogin(
                ReadAccount(row),
                row.GetString(7),
                row.GetUtc(8),
                row.GetStringOrNull(9),
                row.GetUtcOrNull(10)
            ),
            cancellationToken,
            ("id", loginId),
            ("now", time.Now())
        );

    /// <summary>Puts a refresh token in the place of the good one, unless another was faster.</summary>
    /// <param name="loginId">The login.</param>
    /// <param name="refreshJti">The <c>jti</c> that was found to be the good one.</param>
    /// <param name="newJti">Its successor's.</param>
    /// <param name="previousJti">What to remember as replaced: the same <c>jti</c>, or null to forgive no second use.</param>
    /// <param name="expiresAt">When the login ends by itself from now on, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it did: true for one caller a token, however many show it at once.</returns>
    public async Task<bool> ExchangeAsync(
        long loginId,
        string refreshJti,
        string newJti,
        string? previousJti,
        DateTime expiresAt,
        CancellationToken cancellationToken
    )
    {
        var exchanged = await writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(
                    new Statement(
                        """
                        UPDATE login SET refresh_jti = @new, previous_jti = @previous, expires_at = @expires_at,
                            last_used_at = @now
                        WHERE id = @id AND refresh_jti = @old
                        """,
                        ("new", newJti),
                        ("previous", previousJti),
                        ("expires_at", expiresAt),
                        ("now", write.Now),
                        ("id", loginId),
                        ("old", refreshJti)
                    )
                ),
            cancellationToken
        );
        return exchanged.Value == 1;
    }

    /// <summary>Ends a login for who shows its refresh token.</summary>
    /// <param name="loginId">The login.</param>
    /// <param name="isReused">Whether the token had been exchanged before: then nobody knows who shows it.</param>
    /// <param name="presentedJti">The token's <c>jti</c>; only with the good one it is the account's own deed. Or null.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was one; that it has ended is no error.</returns>
    public async Task<bool> EndAsync(
        long loginId,
        bool isReused,
        string? presentedJti,
        string? network,
        CancellationToken cancellationToken
    )
    {
        var ended = await revoking.RunAsync<bool>(
            viewer: null,
            async write =>
            {
                var (userId, goodJti) = await write.FirstAsync(
                    new Statement(
                        "DELETE FROM login WHERE id = @id RETURNING user_id, refresh_jti",
                        ("id", loginId)
                    ),
                    row => (row.GetInt64(0), row.GetString(1))
                );
                if (goodJti is null)
                {
                    return false;
                }
                write.Record(new LoginEnded(userId, loginId));
                var kind = isReused ? SecurityEventKinds.TokenReused : SecurityEventKinds.SignOut;
                long? actorId = presentedJti == goodJti ? userId : null;
                write.Audit(new SecurityEvent(kind, userId, actorId, network));
                return true;
            },
            cancellationToken
        );
        return ended.Value;
    }

    private static SignInAccount ReadAccount(System.Data.Common.DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4))
        {
            Suspended = row.GetBoolean(5),
            Waits = row.GetBoolean(6),
        };
}
