using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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
    private static readonly Statement[] Save = [new("SAVEPOINT operation")];
    private static readonly Statement[] Undo = [new("ROLLBACK TO operation")];
    private static readonly Statement[] Release = [new("RELEASE operation")];
    private const string CannotWrite = "The database cannot take writes now.";

    private readonly Lazy<IDbContextFactory<PampsDb>> contexts;
    private readonly SqliteDatabase database;
    private readonly ILogger<SqliteWriteGate> logger;
    private readonly Channel<Write> queue = Channel.CreateBounded<Write>(
        new BoundedChannelOptions(MaxQueue) { SingleReader = true }
    );
    private readonly Lazy<Task> writer;
    private PampsDb? context;
    private SqliteSearchMerges? merges;
    private SqliteCheckpoints? checkpoints;

    public SqliteWriteGate(
        Lazy<IDbContextFactory<PampsDb>> contexts,
        SqliteDatabase database,
        ILogger<SqliteWriteGate> logger
    )
    {
        (this.contexts, this.database, this.logger) = (contexts, database, logger);
        writer = new Lazy<Task>(() => Task.Run(WriteAsync));
    }

    public async Task<Result<T>> RunAsync<T>(
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        _ = writer.Value;
        var write = new Write<T>(operation, cancellationToken);
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
        await ForgetContextAsync();
    }

    private async Task WriteAsync()
    {
        var group = new List<Write>(MaxGroup);
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
                var failure = new DatabaseUnavailableException(CannotWrite, exception);
                group.ForEach(x => x.Fail(failure));
                await ForgetContextAsync();
            }
        }
    }

    private async Task CommitAsync(List<Write> group)
    {
        var db = context ??= await OpenAsync();
        try
        {
            await RunAsync(db, group);
        }
        catch (DamagedSearchException exception)
        {
            // A damaged index of the search is no reason to refuse a like. The transaction is as it was before the group.
            LogMergesFailed(exception);
            await RunAsync(db, group);
        }
        group.ForEach(x => x.Answer());
        Measures.WroteGroup(group.Count);
        checkpoints!.AfterCommit();
    }

    private async Task RunAsync(PampsDb db, List<Write> group)
    {
        if (!await CommitTogetherAsync(db, group))
        {
            await CommitOneByOneAsync(db, group);
        }
    }

    /// <summary>
    /// Without savepoints, at each of which SQLite would write out what it holds of the search's index. False, and nothing is
    /// written, when one of several operations has changed something that must not stay: only with savepoints can it
    /// be undone alone.
    /// </summary>
    private async Task<bool> CommitTogetherAsync(PampsDb db, List<Write> group)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var before = Changes(db);
        foreach (var write in group)
        {
            var changed = Changes(db);
            var fate = await write.RunAsync(db, isLast: false);
            db.ChangeTracker.Clear();
            if (fate is Fate.Failed or Fate.Again)
            {
                // It is not known whether SQLite still is in the transaction.
                return false;
            }
            if (fate == Fate.Refused && Changes(db) != changed)
            {
                return group.Count == 1;
            }
        }
        await CommitAsync(transaction, Changes(db) - before);
        return true;
    }

    private async Task CommitOneByOneAsync(PampsDb db, List<Write> group)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var before = Changes(db);
        foreach (var write in group)
        {
            var fate = Fate.Again;
            for (var attempt = 1; fate == Fate.Again; attempt++)
            {
                await ExecuteAsync(transaction, Save);
                fate = await write.RunAsync(db, isLast: attempt == MaxTries);
                if (fate != Fate.Kept)
                {
                    await ExecuteAsync(transaction, Undo);
                }
                await ExecuteAsync(transaction, Release);
                db.ChangeTracker.Clear();
            }
        }
        await CommitAsync(transaction, Changes(db) - before);
    }

    private async Task CommitAsync(IDbContextTransaction transaction, int changes)
    {
        if (changes > 0)
        {
            merges!.Merge(transaction.GetDbTransaction(), changes);
        }
        await transaction.CommitAsync();
    }

    /// <summary>Rows that the connection has changed since it was opened, also those of what was undone.</summary>
    private static int Changes(PampsDb db) =>
        raw.sqlite3_total_changes(((SqliteConnection)db.Database.GetDbConnection()).Handle);

    private Task<int> ExecuteAsync(IDbContextTransaction transaction, Statement[] statements) =>
        database.ExecuteAsync(statements, transaction.GetDbTransaction(), CancellationToken.None);

    private async Task<PampsDb> OpenAsync()
    {
        var db = await contexts.Value.CreateDbContextAsync();
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.OpenConnectionAsync();
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            SqliteEngine.SetUp(connection);
            // FULL: the commit returns when the log is on the disk, so an answered write survives a power cut.
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = FULL");
            merges = new SqliteSearchMerges(database, connection);
            checkpoints = new SqliteCheckpoints(connection);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private async Task ForgetContextAsync()
    {
        if (context is null)
        {
            return;
        }
        var forgotten = context;
        context = null;
        try
        {
            try
            {
                checkpoints?.Dispose();
                database.Forget((SqliteConnection)forgotten.Database.GetDbConnection());
            }
            finally
            {
                checkpoints = null;
                await forgotten.DisposeAsync();
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

    private enum Fate
    {
        Kept,
        Refused,
        Failed,

        /// <summary>Failed, and to be run once more.</summary>
        Again,
    }

    private abstract class Write
    {
        /// <summary>Runs the operation, for the first time or anew, and says what becomes of what it did.</summary>
        public abstract Task<Fate> RunAsync(PampsDb db, bool isLast);

        /// <summary>After the commit, as the last run ended.</summary>
        public abstract void Answer();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) : Write
    {
        private readonly TaskCompletionSource<Result<T>> answer = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        private Result<T> result;
        private Exception? failure;
        private bool isCancelled;

        public Task<Result<T>> Answered => answer.Task;

        public override async Task<Fate> RunAsync(PampsDb db, bool isLast)
        {
            failure = null;
            if (cancellationToken.IsCancellationRequested)
            {
                isCancelled = true;
                return Fate.Refused;
            }
            try
            {
                result = await operation(db, cancellationToken);
                return result.IsRefused(out _) ? Fate.Refused : Fate.Kept;
            }
            catch (Exception exception) when (!isLast && SqliteFaults.IsTaken(exception))
            {
                // Another process drew the same id, or wrote the same name since: run again, it is seen.
                return Fate.Again;
            }
            catch (Exception exception)
            {
                failure = SqliteFaults.IsUnavailable(exception)
                    ? new DatabaseUnavailableException(CannotWrite, exception)
                    : exception;
                return Fate.Failed;
            }
        }

        public override void Answer()
        {
            if (isCancelled)
            {
                answer.TrySetCanceled(cancellationToken);
            }
            else if (failure is not null)
            {
                answer.TrySetException(failure);
            }
            else
            {
                answer.TrySetResult(result);
            }
        }

        public override void Fail(Exception exception) => answer.TrySetException(failure ?? exception);
    }
}
