using System.Net;
using System.Net.Sockets;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>
/// A way to a server that can be cut as when its machine loses power: nobody who is connected hears of it, and who connects
/// hears nothing. Mended, it leads whoever connects to the server again; those from before never hear a word.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Socket> ends = [];
    private readonly int target;
    private readonly Task accepting;
    private CancellationTokenSource cut = new();

    private Wire(int target)
    {
        this.target = target;
        listener.Start(backlog: 500);
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A wire to a port of this machine.</summary>
    public static Wire To(int port) => new(port);

    public void Cut() => cut.Cancel();

    public void Mend() => cut = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await cut.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        ends.ForEach(x => x.Dispose());
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await listener.AcceptSocketAsync(stop.Token);
            ends.Add(near);
            if (!cut.IsCancellationRequested)
            {
                _ = LeadAsync(near, cut.Token);
            }
        }
    }

    private async Task LeadAsync(Socket near, CancellationToken whole)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, target, whole);
        await Task.WhenAny(PassAsync(near, far, whole), PassAsync(far, near, whole));
        if (!whole.IsCancellationRequested)
        {
            near.Dispose();
        }
    }

    private static async Task PassAsync(Socket from, Socket to, CancellationToken whole)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, whole) is var count and > 0)
        {
            await to.SendAsync(buffer.AsMemory(0, count), whole);
        }
    }
}
