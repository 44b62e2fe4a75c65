using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>The write gate of a server that only reads: nobody passes.</summary>
internal sealed class ShutWriteGate : IWriteGate
{
    public Task<Result<T>> RunAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) => Task.FromException<Result<T>>(new ReadOnlyException());
}
