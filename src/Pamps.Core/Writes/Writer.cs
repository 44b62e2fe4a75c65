using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;

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
/// <param name="once">Runs them once per Idempotency-Key.</param>
/// <param name="time">The clock.</param>
internal sealed class Writer(
    IWriteGate gate,
    WriteTools tools,
    Quotas quotas,
    Prepaid prepaid,
    RunOnce once,
    TimeProvider time
)
{
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
        var (allowance, now) = (quotas.Of(viewer, deed), time.Now());
        if (atOnce is not null && gate.RunsAtOnce)
        {
            var (isDone, value) = await TryAtOnceAsync(
                viewer,
                allowance,
                key,
                atOnce,
                now,
                cancellationToken
            );
            if (isDone)
            {
                return value!;
            }
        }
        return await RunAsync(viewer, allowance, key, operation, now, cancellationToken);
    }

    /// <summary>The same, where the operation is not counted as an account's, or not at all.</summary>
    /// <param name="viewer">Who acts, and whose key it is; null for who is not signed in.</param>
    /// <param name="allowance">Whose it is counted as; null when it is not.</param>
    /// <param name="key">As above.</param>
    /// <param name="operation">As above.</param>
    /// <param name="cancellationToken">As for the gate.</param>
    public Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Allowance? allowance,
        IdempotencyKey? key,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) => RunAsync(viewer, allowance, key, operation, time.Now(), cancellationToken);

    private async Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Allowance? allowance,
        IdempotencyKey? key,
        Func<Write, Task<Result<T>>> operation,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
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
                            : await once.RunAsync(write, key, viewer?.Id ?? 0, DoAsync);
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
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        // To make room for a key is to see what is kept with it.
        if (key is not null && RunOnce.IsTimeForRoom(now))
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
            if (write.Spend(wanted: 1) is not null)
            {
                return default;
            }
            // Where the key was used before, the answer is found the usual way.
            Statement? claim = key is null ? null : once.Claim(key, viewer.Id, whole.Answer, now);
            tools.Reads.Echo(whole.Look.Sql);
            if (claim is { } echoed)
            {
                tools.Reads.Echo(echoed.Sql);
            }
            var done = await gate.RunAtOnceAsync(
                new WholeWrite<T>(whole.Look, whole.ReadRow, claim, transaction.Last),
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
}
