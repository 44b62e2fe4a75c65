using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Writes;

/// <summary>Runs operations once per Idempotency-Key: who asks again is answered as at first.</summary>
/// <param name="answers">Knows every answer that is kept.</param>
internal sealed class RunOnce(JsonSerializerContext answers)
{
    private static readonly Error KeyReused = Error.Invalid(
        "Idempotency-Key",
        "key_reused",
        "This Idempotency-Key was used for another request"
    );

    /// <summary>Keeps an answer that is known before it is true, for what is written at once; nothing where the key was used before.</summary>
    public Statement Claim<T>(IdempotencyKey key, long userId, T answer, DateTime now) =>
        new(
            """
            INSERT INTO idempotency (user_id, key, fingerprint, created_at, answer)
            VALUES (@user_id, @key, @fingerprint, @now, @answer)
            ON CONFLICT DO NOTHING
            """,
            [
                .. Mine(key, userId),
                ("fingerprint", key.Fingerprint),
                ("now", now),
                ("answer", JsonSerializer.Serialize(answer, answers.Options.Of<T>())),
            ]
        );

    private static (string, object?)[] Mine(IdempotencyKey key, long userId)
    {
        // Callers who are not signed in share one user id: the fingerprint keeps strangers' keys apart.
        var name = userId == 0 ? $"{key.Key} {key.Fingerprint}" : key.Key;
        // A hash of it: clients choose how long their keys are.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        return [("user_id", userId), ("key", Base64Url.EncodeToString(hash))];
    }

    /// <summary>Runs an operation once, or gives the first answer again.</summary>
    public async Task<Result<T>> RunAsync<T>(
        Write write,
        IdempotencyKey key,
        long userId,
        Func<Write, Task<Result<T>>> operation
    )
    {
        var mine = Mine(key, userId);
        // Taken when nobody has it, or had it too long ago.
        var isFirst = await write.FirstAsync(
            new Statement(
                """
                INSERT INTO idempotency AS i (user_id, key, fingerprint, created_at)
                VALUES (@user_id, @key, @fingerprint, @now)
                ON CONFLICT (user_id, key) DO UPDATE
                SET fingerprint = excluded.fingerprint, answer = NULL, created_at = excluded.created_at
                WHERE i.created_at < @oldest
                RETURNING 1
                """,
                [
                    .. mine,
                    ("fingerprint", key.Fingerprint),
                    ("now", write.Now),
                    ("oldest", write.Now - IdempotencyKey.Lifetime),
                ]
            ),
            _ => true
        );
        if (!isFirst)
        {
            var first = await write.FirstAsync(
                new Statement(
                    "SELECT i.fingerprint, i.answer FROM idempotency i WHERE i.user_id = @user_id AND i.key = @key",
                    mine
                ),
                row => new FirstAnswer(row.GetString(0), row.GetString(1))
            )
                // Gone since, with its user or by the sweep: run again, it is in nobody's way.
                ?? throw new OvertakenException("The answer of the first request is gone.");
            return first.Fingerprint == key.Fingerprint
                ? JsonSerializer.Deserialize(first.Answer, answers.Options.Of<T>())!
                : KeyReused;
        }

        var result = await operation(write);
        if (result.IsRefused(out _))
        {
            return result;
        }
        if (!write.HasChanges)
        {
            write.Then(
                new Statement("DELETE FROM idempotency WHERE user_id = @user_id AND key = @key", mine)
            );
            return result;
        }
        write.Then(
            new Statement(
                "UPDATE idempotency SET answer = @answer WHERE user_id = @user_id AND key = @key",
                [.. mine, ("answer", JsonSerializer.Serialize(result.Value, answers.Options.Of<T>()))]
            )
        );
        if (userId != 0 && IsTimeForRoom(write.Now))
        {
            write.Then(
                new Statement(
                    """
                    DELETE FROM idempotency WHERE user_id = @user_id AND created_at < (
                        SELECT i.created_at FROM idempotency i WHERE i.user_id = @user_id
                        ORDER BY i.created_at DESC LIMIT 1 OFFSET @most
                    )
                    """,
                    ("user_id", userId),
                    ("most", IdempotencyKey.MostKept - 1)
                )
            );
        }
        return result;
    }

    /// <summary>Now and then, by the clock, which no client chooses: looking each time would cost more than the rows.</summary>
    public static bool IsTimeForRoom(DateTime now) => Quota.Microseconds(now) % 64 == 0;

    private sealed record FirstAnswer(string Fingerprint, string Answer);
}
