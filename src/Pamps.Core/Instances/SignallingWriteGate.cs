using System.Diagnostics;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Instances;

/// <summary>A write gate that measures every write, and tells the live feed of it, here and in other instances.</summary>
internal sealed class SignallingWriteGate(IWriteGate inner, CommitSignal signal, InstanceNotices others)
    : IWriteGate
{
    public async Task<Result<T>> RunAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
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
            Tell(started, outcome);
        }
    }

    public bool RunsAtOnce => inner.RunsAtOnce;

    public async Task<(bool IsDone, T? Value)> RunAtOnceAsync<T>(
        WholeWrite<T> write,
        CancellationToken cancellationToken
    )
    {
        var (started, outcome) = (Stopwatch.GetTimestamp(), (string?)"failure");
        try
        {
            var done = await inner.RunAtOnceAsync(write, cancellationToken);
            // What is not done is run the usual way, and measured there.
            outcome = done.IsDone ? "success" : null;
            return done;
        }
        finally
        {
            Tell(started, outcome);
        }
    }

    private void Tell(long started, string? outcome)
    {
        if (outcome is not null)
        {
            Measures.Wrote(started, outcome);
        }
        // Of failures too: on PostgreSQL a transaction that ends in whatever way lets readers pass later ones.
        signal.Raise();
        others.Send(Notice.Written);
    }
}
