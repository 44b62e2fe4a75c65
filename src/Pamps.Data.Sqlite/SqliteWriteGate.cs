using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>
/// SQLite lets one writer in at a time, and what costs is the wait for the disk at each commit. So one writer with
/// its own connection takes all that has queued up, runs one operation after the other, commits the group, and
/// only then answers each: durable, and several times faster than a transaction each. When one of them must be undone, the group
/// begins anew with a savepoint for each.
/// </summary>
internal sealed partial class SqliteWriteGate : IWriteGate, IAsyncDisposable
{
    /// <summary>A group no larger than this keeps the first of it from waiting long for the last.</summary>
    private const int MaxGroup = 128;
    private const int MaxQueue = 10_000;
    private const int MaxTries = 3;
    private static readonly Statement Save = new("SAVEPOINT operation");
    private static readonly Statement Undo = new("ROLLBACK TO operation");
    private static readonly Statement Release = new("RELEASE operation");

    private readonly SqliteDatabase database;
    private readonly ILogger<SqliteWriteGate> logger;
    private readonly Channel<QueuedWrite> queue = Channel.CreateBounded<QueuedWrite>(
        new BoundedChannelOptions(MaxQueue) { SingleReader = true }
    );
    private readonly Lazy<Task> writer;
    private SqliteConnection? connection;
    private SqliteSearchMerges? merges;
    private SqliteCheckpoints? checkpoints;

    public SqliteWriteGate(SqliteDatabase database, ILogger<SqliteWriteGate> logger)
    {
        (this.database, this.logger) = (database, logger);
        writer = new Lazy<Task>(() => Task.Run(WriteAsync));
    }

    public async Task<Result<T>> RunAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        _ = writer.Value;
        var write = new QueuedWrite<T>(operation, cancellationToken);
        await queue.Writer.WriteAsync(write, cancellationToken);
        return await write.Answered;
    }

    /// <summary>Finishes what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (writer.IsValueCreated)
        {
            await writer.Value;
        }
        await CloseAsync();
    }

    private async Task WriteAsync()
    {
        var group = new List<QueuedWrite>(MaxGroup);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && queue.Reader.TryRead(out var write))
            {
                group.Add(write);
            }
            try
            {
                await CommitAsync(group);
            }
            catch (Exception exception)
            {
                // The group is lost as a whole: nobody was answered, and everybody is told.
                if (!SqliteFaults.IsUnavailable(exception))
                {
                    LogGroupFailed(exception, group.Count);
                }
                var failure = new DatabaseUnavailableException(QueuedWrite.CannotWrite, exception);
                group.ForEach(x => x.Fail(failure));
                await CloseAsync();
                if (SqliteFaults.IsClosed(exception))
                {
                    database.CannotWrite();
                }
            }
        }
    }

    private async Task CommitAsync(List<QueuedWrite> group)
    {
        var own = connection ??= await OpenAsync();
        try
        {
            await RunAsync(own, group);
        }
        catch (DamagedSearchException exception)
        {
            // A damaged index of the search is no reason to refuse a like. The transaction is as it was before the group.
            LogMergesFailed(exception);
            await RunAsync(own, group);
        }
        group.ForEach(x => x.Answer());
        Measures.WroteGroup(group.Count);
        checkpoints!.AfterCommit();
    }

    private async Task RunAsync(SqliteConnection own, List<QueuedWrite> group)
    {
        if (!await CommitTogetherAsync(own, group))
        {
            await CommitOneByOneAsync(own, group);
        }
    }

    /// <summary>
    /// Without savepoints, at each of which SQLite would write out what it holds of the search's index. False, and nothing is
    /// written, when one of several operations has changed something that must not stay: only with savepoints can it
    /// be undone alone.
    /// </summary>
    private async Task<bool> CommitTogetherAsync(SqliteConnection own, List<QueuedWrite> group)
    {
        await using var transaction = own.BeginTransaction();
        var before = Changes(own);
        foreach (var write in group)
        {
            var changed = Changes(own);
            var fate = await write.RunAsync(database, transaction, isLast: false);
            if (fate is WriteFate.Failed or WriteFate.Again)
            {
                // It is not known whether SQLite still is in the transaction.
                return false;
            }
            if (fate == WriteFate.Refused && Changes(own) != changed)
            {
                return group.Count == 1;
            }
        }
        await CommitAsync(transaction, Changes(own) - before);
        return true;
    }

    private async Task CommitOneByOneAsync(SqliteConnection own, List<QueuedWrite> group)
    {
        await using var transaction = own.BeginTransaction();
        var before = Changes(own);
        foreach (var write in group)
        {
            var fate = WriteFate.Again;
            for (var attempt = 1; fate == WriteFate.Again; attempt++)
            {
                database.Execute(Save, transaction);
                fate = await write.RunAsync(database, transaction, isLast: attempt == MaxTries);
                if (fate != WriteFate.Kept)
                {
                    database.Execute(Undo, transaction);
                }
                database.Execute(Release, transaction);
            }
        }
        await CommitAsync(transaction, Changes(own) - before);
    }

    private async Task CommitAsync(SqliteTransaction transaction, int changes)
    {
        if (changes > 0)
        {
            merges!.Merge(transaction, changes);
        }
        await transaction.CommitAsync();
    }

    /// <summary>Rows that the connection has changed since it was opened, also those of what was undone.</summary>
    private static int Changes(SqliteConnection own) => raw.sqlite3_total_changes(own.Handle);

    private async Task<SqliteConnection> OpenAsync()
    {
        // FULL: the commit returns when the log is on the disk, so an answered write survives a power cut.
        var own = await database.OpenWriterAsync("PRAGMA synchronous = FULL");
        try
        {
            merges = new SqliteSearchMerges(database, own);
            checkpoints = new SqliteCheckpoints(own);
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (connection is null)
        {
            return;
        }
        var closed = connection;
        connection = null;
        try
        {
            try
            {
                checkpoints?.Dispose();
                database.Forget(closed);
            }
            finally
            {
                checkpoints = null;
                await closed.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            // A connection that broke may fail to close too. Thrown, it would end the writer, and whoever writes
            // after that would wait for ever.
            LogCloseFailed(exception);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The search's index is damaged and is left as it is; look at the disk, and restore a backup"
    )]
    private partial void LogMergesFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A group of {Count} writes failed")]
    private partial void LogGroupFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The writer's connection did not close")]
    private partial void LogCloseFailed(Exception exception);
}
