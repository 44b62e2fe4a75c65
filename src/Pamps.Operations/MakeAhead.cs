using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Pamps.Operations;

internal static class MakeAhead
{
    /// <summary>Makes parts on another processor, a few ahead of their use.</summary>
    public static async IAsyncEnumerable<T> AheadAsync<T>(
        this IAsyncEnumerable<T> parts,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var made = Channel.CreateBounded<T>(2);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var making = Task.Run(
            async () =>
            {
                try
                {
                    await foreach (var part in parts.WithCancellation(given.Token))
                    {
                        await made.Writer.WriteAsync(part, given.Token);
                    }
                    made.Writer.Complete();
                }
                catch (Exception exception)
                {
                    made.Writer.Complete(exception);
                }
            },
            CancellationToken.None
        );
        try
        {
            await foreach (var part in made.Reader.ReadAllAsync(ct))
            {
                yield return part;
            }
        }
        finally
        {
            await given.CancelAsync();
            await making;
        }
    }
}
