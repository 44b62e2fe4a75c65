using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pamps.Tests.Media;

/// <summary>An S3 server with which something is wrong: it says the same to everybody, or nothing at all.</summary>
internal sealed class S3Trouble : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> held = [];
    private readonly string? answer;
    private int requests;

    /// <param name="answer">What it says after the status line's version, such as <c>403 Forbidden</c>; null for nothing.</param>
    public S3Trouble(string? answer)
    {
        this.answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>How many connections were made, each for one request.</summary>
    public int Requests => Volatile.Read(ref requests);

    public void Dispose()
    {
        listener.Dispose();
        lock (held)
        {
            held.ForEach(x => x.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            Interlocked.Increment(ref requests);
            lock (held)
            {
                held.Add(client);
            }
            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        if (answer is null)
        {
            return;
        }
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        // What comes first is enough; the rest of a body comes to nobody.
        if (await stream.ReadAsync(buffer) > 0)
        {
            const string body =
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>s3cret words</Message></Error>";
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {answer}\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"
                )
            );
            client.Client.Shutdown(SocketShutdown.Send);
        }
    }
}
