using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>
/// Whether the database takes writes. As long as writes go well that costs nothing to know. At the start, after one failed, or
/// when the disk is nearly full, a small write of its own finds out, so that nobody need lose a post to learn that all is well.
/// </summary>
public sealed class WriteHealth : IDisposable
{
    /// <summary>Below this a write may fail: SQLite's log alone grows to half of it.</summary>
    private const long LittleSpace = 40 * 1024 * 1024;

    private const long NoSpace = 1024 * 1024;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Writer writer;
    private readonly IDatabase database;
    private readonly WriteFaults faults;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim probing = new(1);
    private long? probedAt;
    private Exception? found;

    internal WriteHealth(Writer writer, IDatabase database, WriteFaults faults, TimeProvider time) =>
        (this.writer, this.database, this.faults, this.time) = (writer, database, faults, time);

    /// <summary>Why writing fails; null when it does not. Tries it at most once a second.</summary>
    public async Task<Exception?> FindFaultAsync(CancellationToken cancellationToken)
    {
        var space = database.FreeSpace;
        if (space < NoSpace)
        {
            // A small write may still find room in the log, and the next one none.
            return new IOException("The disk is full.");
        }
        if (!faults.HasFailed && !(space < LittleSpace))
        {
            return null;
        }
        await probing.WaitAsync(cancellationToken);
        try
        {
            // A write that failed after all was found well is news, however young that is.
            var hasNews = found is null && faults.HasFailed;
            if (hasNews || probedAt is not { } last || time.GetElapsedTime(last) >= Period)
            {
                found = await ProbeAsync(cancellationToken);
                probedAt = time.GetTimestamp();
            }
            return found;
        }
        finally
        {
            probing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => probing.Dispose();

    private async Task<Exception?> ProbeAsync(CancellationToken cancellationToken)
    {
        // Before the write: a fault that another one meets meanwhile is remembered.
        faults.HasFailed = false;
        try
        {
            await writer.RunAsync<Done>(
                viewer: null,
                async write =>
                {
                    // Written and taken back in one transaction: it goes to the disk, and leaves nothing.
                    await write.ExecuteAsync(
                        new Statement(
                            """
                            INSERT INTO idempotency (user_id, key, fingerprint, created_at)
                            VALUES (0, 'health', '', @now) ON CONFLICT DO NOTHING
                            """,
                            ("now", write.Now)
                        ),
                        new Statement("DELETE FROM idempotency WHERE user_id = 0 AND key = 'health'")
                    );
                    return new Done();
                },
                cancellationToken
            );
            return null;
        }
        catch (Exception exception)
        {
            // Also what no gate takes for an outage, such as a role that may not write.
            faults.HasFailed = true;
            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            return exception;
        }
    }
}

/// <summary>Remembers that a write met a database that took none.</summary>
internal sealed class WriteFaults
{
    /// <summary>Until the first went well nobody knows.</summary>
    private volatile bool hasFailed = true;

    public bool HasFailed
    {
        get => hasFailed;
        set => hasFailed = value;
    }
}

/// <summary>A write gate that tells of writes which the database did not take.</summary>
internal sealed class WatchedWriteGate(IWriteGate inner, WriteFaults faults) : IWriteGate
{
    public bool RunsAtOnce => inner.RunsAtOnce;

    public Task<Result<T>> RunAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) => WatchAsync(inner.RunAsync(operation, cancellationToken));

    public Task<(bool IsDone, T? Value)> RunAtOnceAsync<T>(
        WholeWrite<T> write,
        CancellationToken cancellationToken
    ) => WatchAsync(inner.RunAtOnceAsync(write, cancellationToken));

    private async Task<T> WatchAsync<T>(Task<T> write)
    {
        try
        {
            return await write;
        }
        catch (DatabaseUnavailableException)
        {
            faults.HasFailed = true;
            throw;
        }
    }
}
