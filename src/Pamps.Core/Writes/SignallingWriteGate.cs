using Pamps.Core.Copies;
using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>A write gate that tells the live feed of every write, here and in other copies.</summary>
internal sealed class SignallingWriteGate(IWriteGate inner, CommitSignal signal, CopyNotices copies)
    : IWriteGate
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
            copies.Send(Notice.Written);
        }
    }
}
