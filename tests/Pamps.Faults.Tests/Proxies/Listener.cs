using System.Collections.Concurrent;
using System.Net;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>Listens as a browser does: comes back, whenever the stream ends, with the last id it saw.</summary>
internal sealed class Listener(Client client)
{
    private readonly ConcurrentDictionary<long, int> heard = new();
    private readonly ConcurrentDictionary<long, bool> reloaded = new();
    private readonly TaskCompletionSource isThere = new();
    private int returns;
    private int resets;

    /// <summary>How often it came back.</summary>
    public int Returns => returns;

    /// <summary>How often it was too far behind, and had to reload the timeline.</summary>
    public int Resets => resets;

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
                    last = stream.LastId;
                    if (block.Event == "reset")
                    {
                        resets++;
                        await ReloadAsync();
                    }
                    if (block.Event == "post")
                    {
                        heard.AddOrUpdate((long)block.Json["id"]!, 1, (_, x) => x + 1);
                    }
                }
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or ObjectDisposedException
                    || exception is Xunit.Sdk.EqualException
                    || exception is Xunit.Sdk.TrueException
                )
            {
                // The copy is gone, in the middle of an event perhaps; the next try meets another one.
            }
            Interlocked.Increment(ref returns);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>Waits until it listens.</summary>
    public Task IsThereAsync() => isThere.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Waits until all these were told, or seen when it reloaded.</summary>
    public async Task HasHeardAsync(IReadOnlyList<long> ids)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!ids.All(Knows))
        {
            Assert.False(
                patience.IsCancellationRequested,
                $"{ids.Count(x => !Knows(x))} events are missing, after {returns} returns and {resets} resets"
            );
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private bool Knows(long id) => heard.ContainsKey(id) || reloaded.ContainsKey(id);

    /// <summary>Down to what it knew before.</summary>
    private async Task ReloadAsync()
    {
        long? before = null;
        while (true)
        {
            var answer = await client.GetAsync(
                $"/user/timeline/?limit=100{(before is null ? "" : $"&before={before}")}"
            );
            if (answer.Status != HttpStatusCode.OK)
            {
                // From a copy that ends just now.
                await Task.Delay(100, CancellationToken.None);
                continue;
            }
            var page = answer.Ids;
            var isKnown = page.All(Knows);
            foreach (var id in page)
            {
                reloaded.TryAdd(id, true);
            }
            if (isKnown)
            {
                return;
            }
            before = page[^1];
        }
    }
}
