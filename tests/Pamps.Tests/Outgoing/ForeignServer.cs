using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pamps.Tests.Outgoing;

/// <summary>
/// A server of somebody else's, which answers byte for byte what a test says. It listens on a loopback address of its own, so that
/// it can be allowed while the machine's own is not.
/// </summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    /// <summary>Where it is, for <c>PAMPS_OUTGOING__ALLOW</c>.</summary>
    public const string Network = "127.0.0.2/32";

    private readonly TcpListener listener = new(IPAddress.Parse("127.0.0.2"), 0);
    private readonly ConcurrentDictionary<string, Func<Stream, CancellationToken, Task>> answers = new();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;
    private bool hasStopped;

    public ForeignServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listening = ListenAsync();
    }

    /// <summary>The heads of all requests that came.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public int Port { get; }

    /// <summary>The address of a path.</summary>
    public string this[string path] =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.2:{Port}{path}");

    /// <summary>How many requests came for a path.</summary>
    public int Count(string path) => asked.Count(x => x.StartsWith($"GET {path} ", StringComparison.Ordinal));

    /// <summary>Answers a path as the test writes it.</summary>
    public void Answer(string path, Func<Stream, CancellationToken, Task> write) => answers[path] = write;

    /// <summary>Answers a path with a body.</summary>
    public void Serve(string path, string type, byte[] body, string status = "200 OK", string headers = "") =>
        Answer(path, async (stream, ct) =>
        {
            await WriteAsync(
                stream,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{headers}Connection: close\r\n\r\n"
                ),
                ct
            );
            await stream.WriteAsync(body, ct);
        });

    /// <summary>Answers a path with a page.</summary>
    public void Page(string path, string html, string type = "text/html; charset=utf-8") =>
        Serve(path, type, Encoding.UTF8.GetBytes(html));

    /// <summary>Sends who asks for a path elsewhere.</summary>
    public void Redirect(string path, string to) =>
        Serve(path, "text/html", [], "302 Found", $"Location: {to}\r\n");

    public static Task WriteAsync(Stream stream, string text, CancellationToken ct) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct).AsTask();

    public async ValueTask DisposeAsync()
    {
        if (hasStopped)
        {
            return;
        }
        hasStopped = true;
        await stop.CancelAsync();
        await listening;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = client.GetStream();
            var head = await ReadHeadAsync(stream);
            asked.Enqueue(head);
            var path = head.Split(' ')[1];
            if (answers.TryGetValue(path, out var write))
            {
                await write(stream, stop.Token);
            }
            else
            {
                await WriteAsync(
                    stream,
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    stop.Token
                );
            }
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or EndOfStreamException)
        {
            // Whoever asked has heard enough.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, stop.Token);
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
