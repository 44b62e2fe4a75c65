using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Applications;

/// <summary>The tokens of programs: for people who let them in, each of which is a login, and for themselves.</summary>
public sealed class ApplicationTokens
{
    /// <summary>The most tokens that a program has for itself; one more ends the oldest.</summary>
    private const int Most = 10;

    /// <summary>How long a program is kept that nobody lets in any more, or that only asks for tokens for itself.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>How exactly it is kept when a token was last used: a write an hour for each that is.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromHours(1);

    private readonly Writer writer;
    private readonly RevokingWriter revoking;
    private readonly KnownLogins known;
    private readonly Sql sql;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    /// <summary>The logins of which a request is just writing when they were last used.</summary>
    private readonly ConcurrentDictionary<long, bool> touching = new();

    internal ApplicationTokens(
        Writer writer,
        RevokingWriter revoking,
        KnownLogins known,
        Sql sql,
        PampsOptions options,
        TimeProvider time
    )
    {
        (this.writer, this.revoking, this.known) = (writer, revoking, known);
        (this.sql, this.options, this.time) = (sql, options, time);
    }

    /// <summary>
    /// What a token opens; null when it has ended, or the account is closed. Asked at each request, so the answer is remembered for a
    /// second at most.
    /// </summary>
    public ValueTask<KnownToken?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        known.FindAsync(tokenHash, () => ReadAsync(tokenHash, cancellationToken));

    /// <summary>Keeps a token of a program itself. Refused when the program has gone.</summary>
    /// <param name="applicationId">The program.</param>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="scopes">What it may.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> KeepAsync(
        long applicationId,
        string tokenHash,
        IReadOnlyList<string> scopes,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                var isThere = await write.FirstAsync(
                    new Statement(
                        $"SELECT 1 FROM application p WHERE p.id = @id{write.Dialect.ForNoKeyUpdate("p")}",
                        ("id", applicationId)
                    ),
                    _ => true
                );
                if (!isThere)
                {
                    return Error.NotSignedIn;
                }
                var id = write.NewId();
                write.Then(
                    new Statement(
                        """
                        INSERT INTO application_grant (id, application_id, scopes, token_hash, created_at)
                        VALUES (@id, @application, @scopes, @token, @now)
                        """,
                        ("id", id),
                        ("application", applicationId),
                        ("scopes", string.Join(' ', scopes)),
                        ("token", tokenHash),
                        ("now", write.Now)
                    ),
                    new Statement(
                        """
                        DELETE FROM application_grant WHERE id IN (
                            SELECT g.id FROM application_grant g
                            WHERE g.application_id = @application AND g.login_id IS NULL AND g.id <> @id
                            ORDER BY g.id DESC LIMIT @some OFFSET @others
                        )
                        """,
                        ("application", applicationId),
                        ("id", id),
                        ("some", Most),
                        ("others", Most - 1)
                    ),
                    Keep(write, applicationId)
                );
                return new Done();
            },
            cancellationToken
        );

    /// <summary>
    /// Ends a token of a program, and with it the login, if it was somebody's; that there is none is no error. Refused when it is another
    /// program's.
    /// </summary>
    /// <param name="applicationId">The program.</param>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> RevokeAsync(
        long applicationId,
        string tokenHash,
        string? network,
        CancellationToken cancellationToken
    ) =>
        revoking.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                var found = await write.FirstAsync(
                    new Statement(
                        """
                        SELECT g.id, g.application_id, l.id, l.user_id
                        FROM application_grant g LEFT JOIN login l ON l.id = g.login_id WHERE g.token_hash = @token
                        """,
                        ("token", tokenHash)
                    ),
                    row =>
                        (
                            Id: row.GetInt64(0),
                            ApplicationId: row.GetInt64(1),
                            LoginId: row.GetInt64OrNull(2),
                            UserId: row.GetInt64OrNull(3)
                        )
                );
                if (found.Id == 0)
                {
                    return new Done();
                }
                if (found.ApplicationId != applicationId)
                {
                    return Error.NotSignedIn;
                }
                write.Then(new Statement("DELETE FROM application_grant WHERE id = @id", ("id", found.Id)));
                if (found is { LoginId: { } loginId, UserId: { } userId })
                {
                    LoginSql.End(write, loginId, userId);
                    write.Audit(
                        new SecurityEvent(
                            SecurityEventKinds.SignOut,
                            userId,
                            userId,
                            network,
                            applicationId.ToString(CultureInfo.InvariantCulture)
                        )
                    );
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>The statement by which a program is kept for another while.</summary>
    internal static Statement Keep(Write write, long applicationId) =>
        new(
            "UPDATE application SET expires_at = @until WHERE id = @id AND expires_at < @until",
            ("until", write.Now + KeptFor),
            ("id", applicationId)
        );

    private async Task<KnownToken?> ReadAsync(string tokenHash, CancellationToken cancellationToken)
    {
        var now = time.Now();
        DateTime? lastUsedAt = null;
        var found = await sql.FirstAsync(
            $"""
            SELECT g.application_id, g.scopes, l.id, l.expires_at, l.last_used_at, u.id, u.username,
                a.filters_version, a.has_bookmarks
            FROM application_grant g LEFT JOIN login l ON l.id = g.login_id LEFT JOIN "user" u ON u.id = l.user_id
                LEFT JOIN account a ON a.user_id = u.id
            WHERE g.token_hash = @token AND (g.login_id IS NULL OR (l.expires_at > @now AND {UserSql.IsActive}))
            """,
            row =>
            {
                lastUsedAt = row.GetUtcOrNull(4);
                return Read(row);
            },
            cancellationToken,
            ("token", tokenHash),
            ("now", now)
        );
        // Of many requests at once, one waits for the writer.
        if (
            found is { LoginId: not 0 }
            && !options.Db.ReadOnly
            && !(lastUsedAt > now - Precision)
            && touching.TryAdd(found.LoginId, true)
        )
        {
            try
            {
                await TouchAsync(found.LoginId, cancellationToken);
            }
            finally
            {
                touching.TryRemove(found.LoginId, out _);
            }
        }
        return found;
    }

    /// <summary>A program may not what only moderators and superusers may, whoever let it in.</summary>
    private static KnownToken Read(DbDataReader row) =>
        new(
            row.IsDBNull(2)
                ? null
                : new LoginOwner(row.GetInt64(5), row.GetString(6), Superuser: false, row.GetUtc(3))
                {
                    FiltersVersion = row.GetInt64(7),
                    HasBookmarks = row.GetBoolean(8),
                },
            row.GetInt64OrNull(2) ?? 0,
            row.GetInt64(0),
            row.GetString(1).Split(' ')
        );

    private async Task TouchAsync(long loginId, CancellationToken cancellationToken)
    {
        try
        {
            await writer.RunAsync<int>(
                viewer: null,
                async write =>
                    await write.ExecuteAsync(
                        new Statement(
                            "UPDATE login SET last_used_at = @now WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @now)",
                            ("now", write.Now),
                            ("id", loginId)
                        )
                    ),
                cancellationToken
            );
        }
        catch (DatabaseUnavailableException)
        {
            // Whoever reads is not to wait for writes: the next request says it.
        }
    }
}
