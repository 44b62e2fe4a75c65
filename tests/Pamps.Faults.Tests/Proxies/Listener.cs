using System.Collections.Concurrent;
using System.Net;
using Pamps.Faults.Tests.Crowds;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>
/// Listens as a browser does: comes back, whenever the stream ends, with the last id it saw, and reads anew what was too much to be
/// told again.
/// </summary>
internal sealed class Listener(Client client)
{
    private readonly ConcurrentDictionary<long, int> heard = new();
    private readonly ConcurrentDictionary<long, bool> read = new();
    private readonly TaskCompletionSource isThere = new();
    private int returns;

    /// <summary>How often it came back.</summary>
    public int Returns => returns;

    /// <summary>How often it had missed too much to be told.</summary>
    public int Resets { get; private set; }

    /// <summary>How often each post was told.</summary>
    public IReadOnlyDictionary<long, int> Heard => heard;

    /// <summary>Listens until told to stop.</summary>
    public async Task ListenAsync(CancellationToken stop)
    {
        string? last = null;
        var isBehind = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var stream = await LiveStream.OpenAsync(client, last);
                using var _ = stop.Register(stream.Dispose);
                last = stream.LastId;
                isThere.TrySetResult();
                while (true)
                {
                    // When the stream breaks off meanwhile, it begins anew on the next.
                    if (isBehind)
                    {
                        await ReadAnewAsync(stop);
                        isBehind = false;
                    }
                    if (await stream.ReadAsync() is not { } block)
                    {
                        break;
                    }
                    isBehind = block.Event == "reset";
                    Resets += isBehind ? 1 : 0;
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
        while (!ids.All(Knows))
        {
            Assert.False(patience.IsCancellationRequested, $"{ids.Count(x => !Knows(x))} events are missing");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private bool Knows(long id) => heard.ContainsKey(id) || read.ContainsKey(id);

    /// <summary>From the newest post to those that it knows.</summary>
    private async Task ReadAnewAsync(CancellationToken stop)
    {
        var ids = new List<long>();
        string? next = "/user/timeline/?limit=100";
        while (next is not null && !stop.IsCancellationRequested)
        {
            var page = await client.GetAsync(next);
            if (page.Status != HttpStatusCode.OK)
            {
                // The proxy has not noticed yet that an instance is gone.
                await Task.Delay(100, CancellationToken.None);
                continue;
            }
            next = page.Ids.All(Knows) ? null : page.Link("next");
            ids.AddRange(page.Ids);
        }
        foreach (var id in ids)
        {
            read[id] = true;
        }
    }
}
