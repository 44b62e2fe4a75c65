using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>What is said of passkeys in SQL, once.</summary>
internal static class PasskeySql
{
    /// <summary>What <see cref="ReadKept"/> reads of a passkey <c>p</c>.</summary>
    public const string Kept =
        "p.user_id, p.credential_id, p.user_handle, p.public_key, p.backup_eligible, p.transports";

    /// <summary>What <see cref="ReadView"/> reads of the only table there is.</summary>
    public const string View = "id, name, created_at, last_used_at";

    public static KeptPasskey ReadKept(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetBoolean(4),
            row.GetString(5)
        );

    public static PasskeyView ReadView(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetUtc(2), row.GetUtcOrNull(3));

    /// <summary>Takes a challenge, which is good once: false for whom another was faster.</summary>
    public static Task<bool> TakeAsync(Write write, PasskeyAnswered answered) =>
        write.FirstAsync(
            new Statement(
                """
                INSERT INTO passkey_challenge (key, expires_at) VALUES (@key, @expires_at)
                ON CONFLICT (key) DO NOTHING RETURNING 1
                """,
                ("key", answered.Challenge),
                ("expires_at", answered.EndsAt)
            ),
            _ => true
        );

    /// <summary>How many an account has.</summary>
    public static Task<long> CountAsync(Write write, long userId) =>
        write.FirstAsync(
            new Statement("SELECT count(*) FROM passkey p WHERE p.user_id = @id", ("id", userId)),
            row => row.GetInt64(0)
        );
}
