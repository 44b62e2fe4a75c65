using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Writes;

/// <summary>
/// Takes operations through the gate: checks the viewer once, counts what they may do in a time, and runs an operation once per
/// Idempotency-Key.
/// </summary>
/// <remarks>
/// draft-ietf-httpapi-idempotency-key-header-07, "Error Scenarios", wants 422 for a key that came with another payload before, and
/// so it is; and 409 for a request that comes again while the first still runs, which nobody gets here: it waits for the first, no
/// longer than any write waits, and gets its answer, which is what whoever sent it again wants.
/// </remarks>
/// <param name="gate">What lets writes in.</param>
/// <param name="tools">What each write is given.</param>
/// <param name="quotas">How much anybody may do.</param>
/// <param name="prepaid">What was counted ahead.</param>
/// <param name="answers">Knows every answer that is kept for a key.</param>
/// <param name="time">The clock.</param>
internal sealed class Writer(
    IWriteGate gate,
    WriteTools tools,
    Quotas quotas,
    Prepaid prepaid,
    JsonSerializerContext answers,
    TimeProvider time
)
{
    private static readonly Error KeyReused = Error.Invalid(
        "Idempotency-Key",
        "key_reused",
        "This Idempotency-Key was used for another request"
    );

    /// <summary>
    /// Runs an operation; refused when the viewer's account has ended meanwhile, or when it changes something and the viewer has
    /// changed enough for now, or has all they may.
    /// </summary>
    /// <param name="viewer">Who acts; null for the server itself, and for who is not signed in.</param>
    /// <param name="operation">As <see cref="IWriteGate.RunAsync"/> takes it: it may be run again from its start.</param>
    /// <param name="cancellationToken">As for the gate.</param>
    public Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) => RunAsync(viewer, Deed.Other, key: null, operation, cancellationToken);

    /// <summary>
    /// Runs an operation at most once per Idempotency-Key, and gives the first answer again. The answer is kept in the
    /// operation's own transaction: of two requests that race, the primary key lets one in; the other waits and gets its
    /// answer. Of an operation that changes nothing none is kept. It stays for a day, whatever is deleted meanwhile: it holds
    /// nothing that people wrote.
    /// </summary>
    /// <param name="viewer">Who acts, and whose key it is.</param>
    /// <param name="deed">What it counts as when it changes something.</param>
    /// <param name="key">The key, or null to run the operation plainly.</param>
    /// <param name="operation">The operation; with a key, its value must survive JSON.</param>
    /// <param name="cancellationToken">As for the gate.</param>
    public Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Deed deed,
        IdempotencyKey? key,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) => RunAsync(viewer, quotas.Of(viewer, deed), key, operation, cancellationToken);

    /// <summary>
    /// The same, for an operation that mostly need not look before it writes: where the database gains by it, all is written at
    /// once. What that cannot do is done the usual way: a deed that is refused, or was done before, or is the first of a day.
    /// </summary>
    /// <param name="viewer">As above.</param>
    /// <param name="deed">As above.</param>
    /// <param name="key">As above.</param>
    /// <param name="atOnce">
    /// Leaves all that is to be written as an operation does, but for looks, and says what to look at. Null where a look has to
    /// come first.
    /// </param>
    /// <param name="operation">As above: what to do the usual way.</param>
    /// <param name="cancellationToken">As above.</param>
    public async Task<Result<T>> RunAtOnceAsync<T>(
        Viewer viewer,
        Deed deed,
        IdempotencyKey? key,
        Func<Write, AtOnce<T>>? atOnce,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        var allowance = quotas.Of(viewer, deed);
        if (atOnce is not null && gate.RunsAtOnce)
        {
            var (isDone, value) = await TryAtOnceAsync(viewer, allowance, key, atOnce, cancellationToken);
            if (isDone)
            {
                return value!;
            }
        }
        return await RunAsync(viewer, allowance, key, operation, cancellationToken);
    }

    /// <summary>The same, where the operation is not counted as an account's, or not at all.</summary>
    /// <param name="viewer">Who acts, and whose key it is; null for who is not signed in.</param>
    /// <param name="allowance">Whose it is counted as; null when it is not.</param>
    /// <param name="key">As above.</param>
    /// <param name="operation">As above.</param>
    /// <param name="cancellationToken">As for the gate.</param>
    public async Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Allowance? allowance,
        IdempotencyKey? key,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        var now = time.Now();
        var isPrepaid = TryTake();
        var ahead = 1;
        var (isDone, hasChanges) = (false, false);
        Write? last = null;
        Result<T> answer;
        try
        {
            answer = await gate.RunAsync(
                async (transaction, ct) =>
                {
                    var write = last = new Write(viewer, allowance, isPrepaid, transaction, tools, now, ct);
                    hasChanges = false;
                    try
                    {
                        var result = key is null
                            ? await DoAsync(write)
                            : await RunOnceAsync(write, key, viewer?.Id ?? 0, DoAsync);
                        if (result.IsRefused(out _))
                        {
                            return result;
                        }
                        await write.GuardAsync();
                        // Others may have counted ahead since this one looked.
                        if (!hasChanges || isPrepaid || (isPrepaid = TryTake()))
                        {
                            return result;
                        }
                        if (ahead == 1 && allowance is not null)
                        {
                            ahead = prepaid.Next(allowance, now);
                        }
                        return write.Spend(wanted: ahead) is { } tooMany ? tooMany : result;
                    }
                    catch (ViewerGoneException)
                    {
                        return Error.NotSignedIn;
                    }
                },
                cancellationToken
            );
            isDone = hasChanges && !answer.IsRefused(out _);
        }
        finally
        {
            if (allowance is not null)
            {
                var counted = isDone ? last?.Spent ?? default : default;
                var spare =
                    isDone ? Math.Max(0, counted.Count - 1)
                    : isPrepaid ? 1
                    : 0;
                prepaid.Settle(allowance, now, spare, counted, wasAhead: ahead > 1);
            }
        }
        if (last is null)
        {
            return answer;
        }
        if (answer.IsRefused(out _))
        {
            if (last.KeptIfRefused is { } kept)
            {
                await gate.RunAsync<Done>(
                    (transaction, _) =>
                    {
                        transaction.Last.Add(kept);
                        return Task.FromResult<Result<Done>>(new Done());
                    },
                    cancellationToken
                );
            }
            return answer;
        }
        Tell(last);
        return answer;

        async Task<Result<T>> DoAsync(Write write)
        {
            var done = await operation(write);
            hasChanges = write.HasChanges;
            return done;
        }

        bool TryTake() => allowance is not null && prepaid.TryTake(allowance, now);
    }

    private async Task<(bool IsDone, T? Value)> TryAtOnceAsync<T>(
        Viewer viewer,
        Allowance? allowance,
        IdempotencyKey? key,
        Func<Write, AtOnce<T>> atOnce,
        CancellationToken cancellationToken
    )
    {
        var now = time.Now();
        // To make room for a key is to see what is kept with it.
        if (key is not null && IsTimeForRoom(now))
        {
            return default;
        }
        var isPrepaid = allowance is not null && prepaid.TryTake(allowance, now);
        if (!isPrepaid && allowance is not null && !prepaid.CanCountOne(allowance, now))
        {
            return default;
        }
        var transaction = new WriteTransaction(transaction: null);
        var write = new Write(viewer, allowance, isPrepaid, transaction, tools, now, cancellationToken);
        var isDone = false;
        try
        {
            var whole = atOnce(write);
            write.Spend(wanted: 1);
            // Where the key was used before, the answer is found the usual way.
            Statement? claim = key is null ? null : Claim(key, viewer.Id, whole.Answer, now);
            tools.Reads.Echo(whole.Look.Sql);
            if (claim is { } echoed)
            {
                tools.Reads.Echo(echoed.Sql);
            }
            var done = await gate.RunAtOnceAsync(
                whole.Look,
                whole.ReadRow,
                claim,
                transaction.Last,
                cancellationToken
            );
            isDone = done.IsDone;
            if (isDone)
            {
                Tell(write);
            }
            return done;
        }
        finally
        {
            if (allowance is not null)
            {
                var spare = isPrepaid && !isDone ? 1 : 0;
                prepaid.Settle(allowance, now, spare, isDone ? write.Spent : default, wasAhead: false);
            }
        }
    }

    private void Tell(Write write)
    {
        foreach (var happened in write.Audited)
        {
            tools.Log.Tell(happened);
        }
    }

    private Statement Claim<T>(IdempotencyKey key, long userId, T answer, DateTime now) =>
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

    private async Task<Result<T>> RunOnceAsync<T>(
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
    private static bool IsTimeForRoom(DateTime now) => Quota.Microseconds(now) % 64 == 0;

    private sealed record FirstAnswer(string Fingerprint, string Answer);
}
