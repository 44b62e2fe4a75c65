using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>The one way to change the database. Operations use it through <see cref="Writer"/>.</summary>
public interface IWriteGate
{
    /// <summary>
    /// Runs an operation in a transaction and answers when it is durable. A refusal, an exception or a
    /// cancellation undoes all that the operation did.
    /// </summary>
    /// <param name="operation">
    /// Reads and writes in the transaction it is given, and nothing else: it may be run again from its start
    /// when the database reports that another transaction was in its way. Slow work belongs before the gate.
    /// </param>
    /// <param name="cancellationToken">Gives up while waiting or working, but never once the commit has begun.</param>
    /// <exception cref="DatabaseUnavailableException">
    /// The database cannot take the write now; nothing was kept, or the connection broke so late that it is unknown.
    /// </exception>
    Task<Result<T>> RunAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    );

    /// <summary>Whether <see cref="RunAtOnceAsync"/> works, and is faster.</summary>
    bool RunsAtOnce => false;

    /// <summary>
    /// Writes in one round trip, which is the commit's too, and answers when it is durable. For what is nearly always done, so that
    /// it is tried first: where it is not, nothing is written and the caller runs the operation as a whole, which finds out why.
    /// </summary>
    /// <param name="write">What to write.</param>
    /// <param name="cancellationToken">Gives up while waiting, but never once it has been sent.</param>
    /// <returns>Whether it is done, and then what was read.</returns>
    /// <exception cref="DatabaseUnavailableException">As above.</exception>
    Task<(bool IsDone, T? Value)> RunAtOnceAsync<T>(
        WholeWrite<T> write,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("This database writes nothing at once.");
}
