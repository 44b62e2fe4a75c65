using Microsoft.Data.Sqlite;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Data.Sqlite;

/// <summary>What becomes of what an operation did.</summary>
internal enum WriteFate
{
    Kept,
    Refused,
    Failed,

    /// <summary>Failed, and to be run once more.</summary>
    Again,
}

/// <summary>An operation that waits for its turn, and whoever waits for its answer.</summary>
internal abstract class QueuedWrite
{
    public const string CannotWrite = "The database cannot take writes now.";

    /// <summary>Runs the operation, for the first time or anew, and says what becomes of what it did.</summary>
    public abstract Task<WriteFate> RunAsync(
        SqliteDatabase database,
        SqliteTransaction transaction,
        bool isLast
    );

    /// <summary>After the commit, as the last run ended.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class QueuedWrite<T>(
    Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
    CancellationToken cancellationToken
) : QueuedWrite
{
    private readonly TaskCompletionSource<Result<T>> answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private Result<T> result;
    private Exception? failure;
    private bool isCancelled;

    public Task<Result<T>> Answered => answer.Task;

    public override async Task<WriteFate> RunAsync(
        SqliteDatabase database,
        SqliteTransaction transaction,
        bool isLast
    )
    {
        failure = null;
        if (cancellationToken.IsCancellationRequested)
        {
            isCancelled = true;
            return WriteFate.Refused;
        }
        try
        {
            var write = new WriteTransaction(transaction);
            result = await operation(write, cancellationToken);
            if (result.IsRefused(out _))
            {
                return WriteFate.Refused;
            }
            foreach (var statement in write.Last)
            {
                database.Execute(statement, transaction);
            }
            return WriteFate.Kept;
        }
        catch (Exception exception)
            when (!isLast && (exception is OvertakenException || SqliteFaults.IsTaken(exception)))
        {
            // Another process drew the same id, or wrote the same name since: run again, it is seen.
            return WriteFate.Again;
        }
        // A connection that was opened when the file could only be read never writes: it goes, and the group with it.
        catch (Exception exception) when (!SqliteFaults.IsClosed(exception))
        {
            failure = SqliteFaults.IsUnavailable(exception)
                ? new DatabaseUnavailableException(CannotWrite, exception)
                : exception;
            return WriteFate.Failed;
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
