using System.Diagnostics;
using Pamps.Core.Copies;
using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>A write gate that measures every write, and tells the live feed of it, here and in other copies.</summary>
internal sealed class SignallingWriteGate(IWriteGate inner, CommitSignal signal, CopyNotices copies)
    : IWriteGate
{
    public async Task<Result<T>> RunAsync<T>(
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        var (started, outcome) = (Stopwatch.GetTimestamp(), "failure");
        try
        {
            var result = await inner.RunAsync(operation, cancellationToken);
            outcome = result.IsRefused(out _) ? "refusal" : "success";
            return result;
        }
        finally
        {
            Measures.Wrote(started, outcome);
            // Of failures too: on PostgreSQL a transaction that ends in whatever way lets readers pass later ones.
            signal.Raise();
            copies.Send(Notice.Written);
        }
    }
}
