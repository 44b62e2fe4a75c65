using System.Collections.Concurrent;
using Pamps.Faults.Tests.Crowds;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>Listens as a browser does: comes back, whenever the stream ends, with the last id it saw.</summary>
internal sealed class Listener(Client client)
{
    private readonly ConcurrentDictionary<long, int> heard = new();
    private readonly TaskCompletionSource isThere = new();
    private int returns;

    /// <summary>How often it came back.</summary>
    public int Returns => returns;

    /// <summary>How often each post was told.</summary>
    public IReadOnlyDictionary<long, int> Heard => heard;

    /// <summary>Listens until told to stop.</summary>
    public async Task ListenAsync(CancellationToken stop)
    {
        string? last = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var stream = await LiveStream.OpenAsync(client, last);
                using var _ = stop.Register(stream.Dispose);
                last = stream.LastId;
                isThere.TrySetResult();
                while (await stream.ReadAsync() is { } block)
                {
                    Assert.NotEqual("reset", block.Event);
                    last = stream.LastId;
                    if (block.Event == "post")
                    {
                        heard.AddOrUpdate((long)block.Json["id"]!, 1, (_, x) => x + 1);
                    }
                }
            }
            catch (Exception exception)
                when (BrokenConnection.Is(exception)
                    || exception is Xunit.Sdk.EqualException
                    || exception is Xunit.Sdk.TrueException
                )
            {
                // The instance is gone, in the middle of an event perhaps; the next try meets another one.
            }
            Interlocked.Increment(ref returns);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>Waits until it listens.</summary>
    public Task IsThereAsync() => isThere.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Waits until all these were heard.</summary>
    public async Task HasHeardAsync(IReadOnlyList<long> ids)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!ids.All(heard.ContainsKey))
        {
            Assert.False(
                patience.IsCancellationRequested,
                $"{ids.Count(x => !heard.ContainsKey(x))} events are missing"
            );
            await Task.Delay(50, CancellationToken.None);
        }
    }
}
