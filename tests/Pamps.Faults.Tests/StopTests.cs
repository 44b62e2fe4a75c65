using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;

namespace Pamps.Faults.Tests;

/// <summary>SIGTERM.</summary>
public sealed class StopTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_runs_is_finished_and_streams_are_told_when_to_come_back(Database database)
    {
        await using var pamps = await RunningServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var stream = await LiveStream.OpenAsync(ana);
        var id = await ana.WriteAsync("before");
        await stream.ExpectAsync("post", id);

        // A request whose body is still on its way.
        const string body = """{"text": "on its way"}""";
        using var socket = new TcpClient();
        await socket.ConnectAsync(pamps.Address.Host, pamps.Port, Stop);
        await using var connection = socket.GetStream();
        async Task SendAsync(string text) => await connection.WriteAsync(Encoding.ASCII.GetBytes(text));
        await SendAsync(
            $"POST /post/ HTTP/1.1\r\nHost: pamps\r\nAuthorization: Bearer {ana.AccessToken}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body[..10]}"
        );
        // Answered behind it: by now the server has read what came before.
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/post/")).Status);
        await pamps.Process.SignalAsync("TERM");

        var goodbye = await stream.ReadAsync();
        while (goodbye is { Retry: null })
        {
            goodbye = await stream.ReadAsync();
        }
        Assert.InRange(int.Parse(goodbye!.Retry!, CultureInfo.InvariantCulture), 1000, 5000);
        Assert.Null(await stream.ReadAsync());
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await RefusedAsync(late, pamps.Port));

        await SendAsync(body[10..]);
        using var reader = new StreamReader(connection);
        Assert.Equal("HTTP/1.1 201 Created", await reader.ReadLineAsync(Stop));
        Assert.Equal(0, (await pamps.Process.EndAsync()).ExitCode);

        await pamps.StartAgainAsync();
        using var again = await LiveStream.OpenAsync(ana, stream.LastId);
        var missed = await again.NextAsync();
        Assert.Equal("on its way", (string)missed!.Json["text"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_stop_amid_writes_loses_nothing_and_ends_well(Database database)
    {
        await using var pamps = await RunningServer.StartAsync(database);
        using var crowd = await Crowd.RegisterAsync(pamps.Address, size: 16);
        for (var round = 0; round < Size.Of(1, 10); round++)
        {
            using var stop = new CancellationTokenSource();
            var writing = crowd.WriteAsync(stop.Token);
            await crowd.HasWrittenAsync(200, writing);
            Assert.Equal(0, (await pamps.StopAsync()).ExitCode);
            await stop.CancelAsync();
            await writing;
            await pamps.StartAgainAsync();
            await crowd.CheckAsync();
            await pamps.AssertConsistentAsync();
        }
    }

    /// <summary>Connects until nobody listens any more.</summary>
    private static async Task RefusedAsync(TcpClient client, int port)
    {
        await client.ConnectAsync(IPAddress.Loopback, port);
        while (true)
        {
            using var next = new TcpClient();
            await next.ConnectAsync(IPAddress.Loopback, port);
            await Task.Delay(20);
        }
    }
}
