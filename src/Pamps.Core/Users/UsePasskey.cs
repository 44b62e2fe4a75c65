using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>What became of the answer of a passkey.</summary>
public enum PasskeyOutcome
{
    /// <summary>It was taken.</summary>
    Taken,

    /// <summary>What it answers was answered before.</summary>
    ChallengeTaken,

    /// <summary>Its counter has not gone on.</summary>
    CounterBehind,

    /// <summary>There is no such passkey any more.</summary>
    Gone,
}

/// <summary>Finds passkeys for who signs in, and takes their answers, each once.</summary>
public sealed class UsePasskey
{
    private readonly Writer writer;
    private readonly Sql sql;

    internal UsePasskey(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>The passkey that a device calls so; null when there is none.</summary>
    public Task<KeptPasskey?> FindAsync(string credentialId, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            $"SELECT {PasskeySql.Kept} FROM passkey p WHERE p.credential_id = @credential_id",
            PasskeySql.ReadKept,
            cancellationToken,
            ("credential_id", credentialId)
        );

    /// <summary>Takes an answer that is right.</summary>
    /// <param name="passkey">The passkey.</param>
    /// <param name="answered">The answer.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PasskeyOutcome> RunAsync(
        KeptPasskey passkey,
        PasskeyAnswered answered,
        string? network,
        CancellationToken cancellationToken
    )
    {
        var outcome = await writer.RunAsync<PasskeyOutcome>(
            viewer: null,
            async write =>
            {
                if (!await PasskeySql.TakeAsync(write, answered))
                {
                    return PasskeyOutcome.ChallengeTaken;
                }
                // The condition lets one of two with the same count win; one that never counts stays at 0 (Web Authentication, 7.2).
                var isTaken = await write.FirstAsync(
                    new Statement(
                        """
                        UPDATE passkey SET sign_count = @count, last_used_at = @now
                        WHERE credential_id = @credential_id AND (sign_count < @count OR (sign_count = 0 AND @count = 0))
                        RETURNING 1
                        """,
                        ("count", answered.SignCount),
                        ("now", write.Now),
                        ("credential_id", passkey.CredentialId)
                    ),
                    _ => true
                );
                if (isTaken)
                {
                    return PasskeyOutcome.Taken;
                }
                var isThere = await write.FirstAsync(
                    new Statement(
                        "SELECT 1 FROM passkey p WHERE p.credential_id = @credential_id",
                        ("credential_id", passkey.CredentialId)
                    ),
                    _ => true
                );
                if (!isThere)
                {
                    return PasskeyOutcome.Gone;
                }
                write.Audit(
                    new SecurityEvent(
                        SecurityEventKinds.PasskeyRefused,
                        passkey.UserId,
                        ActorId: null,
                        network
                    )
                );
                return PasskeyOutcome.CounterBehind;
            },
            cancellationToken
        );
        return outcome.Value;
    }
}
