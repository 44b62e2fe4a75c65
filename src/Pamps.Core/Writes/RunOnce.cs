using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>Runs an operation at most once per Idempotency-Key, and gives the first answer again.</summary>
internal static class RunOnce
{
    private static readonly Error KeyReused = Error.Invalid(
        "Idempotency-Key",
        "key_reused",
        "This Idempotency-Key was used for another request"
    );

    /// <summary>
    /// Like <see cref="IWriteGate.RunAsync"/>; with a key, the answer is kept in the operation's own transaction.
    /// Of two requests that race, the primary key lets one in; the other waits and gets its answer.
    /// </summary>
    /// <param name="gate">The write gate.</param>
    /// <param name="key">The key, or null to run the operation plainly.</param>
    /// <param name="userId">Whose key it is; 0 for a caller who is not signed in.</param>
    /// <param name="now">The time the answer is dated with.</param>
    /// <param name="operation">The operation; its value must survive JSON.</param>
    /// <param name="cancellationToken">As for the gate.</param>
    public static Task<Result<T>> RunAsync<T>(
        this IWriteGate gate,
        IdempotencyKey? key,
        long userId,
        DateTime now,
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        if (key is null)
        {
            return gate.RunAsync(operation, cancellationToken);
        }

        // Callers who are not signed in share one user id: the fingerprint keeps strangers' keys apart.
        var name = userId == 0 ? $"{key.Key} {key.Fingerprint}" : key.Key;
        return gate.RunAsync(
            async (db, ct) =>
            {
                var oldest = now - IdempotencyKey.Lifetime;
                var mine = db.Answers.Where(x => x.UserId == userId && x.Key == name);
                await mine.Where(x => x.CreatedAt < oldest).ExecuteDeleteAsync(ct);
                var isFirst = await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO idempotency (user_id, key, fingerprint, created_at)
                    VALUES ({userId}, {name}, {key.Fingerprint}, {now}) ON CONFLICT DO NOTHING
                    """,
                    ct
                );
                if (isFirst == 0)
                {
                    // Gone since, with its user or by the sweep: run again, it is in nobody's way.
                    var first =
                        await mine.AsNoTracking().SingleOrDefaultAsync(ct)
                        ?? throw new DbUpdateConcurrencyException("The answer of the first request is gone.");
                    return first.Fingerprint == key.Fingerprint
                        ? JsonSerializer.Deserialize<T>(first.Answer!)!
                        : KeyReused;
                }

                var result = await operation(db, ct);
                if (!result.IsRefused(out _))
                {
                    var answer = JsonSerializer.Serialize(result.Value);
                    await mine.ExecuteUpdateAsync(x => x.SetProperty(a => a.Answer, answer), ct);
                }
                return result;
            },
            cancellationToken
        );
    }
}
