using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Applications;

/// <summary>Gives a program its token for a code, once (RFC 6749 section 4.1.2).</summary>
public sealed class ExchangeCode
{
    private readonly Writer writer;
    private readonly RevokingWriter revoking;
    private readonly Sql sql;
    private readonly TimeProvider time;

    internal ExchangeCode(Writer writer, RevokingWriter revoking, Sql sql, TimeProvider time) =>
        (this.writer, this.revoking, this.sql, this.time) = (writer, revoking, sql, time);

    /// <summary>What a code stands for; null when there is none, or it is too old. One that was used is found as long as its token is good.</summary>
    public Task<AllowedCode?> FindAsync(string codeHash, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            """
            SELECT g.application_id, g.code_hash, g.redirect_uri, g.scopes, g.code_challenge, l.expires_at
            FROM application_grant g JOIN login l ON l.id = g.login_id
            WHERE g.code_hash = @hash AND l.expires_at > @now
            """,
            row => new AllowedCode(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3).Split(' '),
                row.GetStringOrNull(4),
                row.GetUtc(5)
            ),
            cancellationToken,
            ("hash", codeHash),
            ("now", time.Now())
        );

    /// <summary>
    /// Puts a token in the place of a code. Of a code that was used before the token is ended, since one of the two who showed it has
    /// stolen it.
    /// </summary>
    /// <param name="codeHash">The hash of the code; whoever calls this has found that it is theirs.</param>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="expiresAt">When the token runs out, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it did: true for one caller a code, however many show it at once.</returns>
    public async Task<bool> RunAsync(
        string codeHash,
        string tokenHash,
        DateTime expiresAt,
        CancellationToken cancellationToken
    )
    {
        var used = await writer.RunAsync<bool>(
            viewer: null,
            async write =>
            {
                var changed = await write.ExecuteAsync(
                    new Statement(
                        """
                        UPDATE application_grant SET token_hash = @token
                        WHERE code_hash = @code AND token_hash IS NULL
                        AND EXISTS (SELECT 1 FROM login l WHERE l.id = application_grant.login_id AND l.expires_at > @now)
                        """,
                        ("token", tokenHash),
                        ("code", codeHash),
                        ("now", write.Now)
                    )
                );
                if (changed == 1)
                {
                    write.Then(
                        new Statement(
                            """
                            UPDATE login SET expires_at = @expires_at
                            WHERE id = (SELECT g.login_id FROM application_grant g WHERE g.code_hash = @code)
                            """,
                            ("expires_at", expiresAt),
                            ("code", codeHash)
                        )
                    );
                }
                return changed == 1;
            },
            cancellationToken
        );
        if (!used.Value)
        {
            await EndAsync(codeHash, cancellationToken);
        }
        return used.Value;
    }

    private Task<Result<Done>> EndAsync(string codeHash, CancellationToken cancellationToken) =>
        revoking.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                var (loginId, userId, applicationId) = await write.FirstAsync(
                    new Statement(
                        """
                        SELECT l.id, l.user_id, g.application_id FROM application_grant g JOIN login l ON l.id = g.login_id
                        WHERE g.code_hash = @code AND g.token_hash IS NOT NULL
                        """,
                        ("code", codeHash)
                    ),
                    row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))
                );
                if (loginId != 0)
                {
                    LoginSql.End(write, loginId, userId);
                    write.Audit(
                        new SecurityEvent(
                            SecurityEventKinds.CodeReused,
                            userId,
                            ActorId: null,
                            Network: null,
                            applicationId.ToString(CultureInfo.InvariantCulture)
                        )
                    );
                }
                return new Done();
            },
            cancellationToken
        );
}
