using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>A write gate that tells the live feed of every write.</summary>
internal sealed class SignallingWriteGate(IWriteGate inner, CommitSignal signal) : IWriteGate
{
    public async Task<Result<T>> RunAsync<T>(
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await inner.RunAsync(operation, cancellationToken);
        }
        finally
        {
            // Of failures too: on PostgreSQL a transaction that ends in whatever way lets readers pass later ones.
            signal.Raise();
        }
    }
}
