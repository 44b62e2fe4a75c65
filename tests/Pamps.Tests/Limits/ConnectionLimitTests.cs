using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Limits;

/// <summary>How many connections are open at once.</summary>
public sealed class ConnectionLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_connection_too_many_is_closed_those_before_are_served_and_later_there_is_room_again()
    {
        var log = new Lines();
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x => x.Http.MaxConnections = 2,
            services: x =>
            {
                time.Use(x);
                x.AddLogging(y => y.AddProvider(log).AddFilter<Lines>(_ => true));
            }
        );
        using var first = await OpenAsync(pamps);
        using var second = await OpenAsync(pamps);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(second), StringComparison.Ordinal);

        for (var i = 0; i < 3; i++)
        {
            using var oneTooMany = await OpenAsync(pamps);
            Assert.Equal("", await AskAsync(oneTooMany));
        }

        Assert.StartsWith("HTTP/1.1 200", await AskAsync(first), StringComparison.Ordinal);
        // However many there were, within ten seconds they are told of once.
        Assert.Contains(
            "since this was last said: 1. 2 are open",
            Assert.Single(log.OfLimit),
            StringComparison.Ordinal
        );
        second.Dispose();
        // The server hears of its end a moment later.
        string answer;
        do
        {
            using var next = await OpenAsync(pamps);
            answer = await AskAsync(next);
        } while (answer.Length == 0);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unless_it_is_set_there_is_room_for_streams_and_more_as_far_as_files_go()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x => x.Http.MaxStreams = 1);
        var few = Pamps.Server.Http.ConnectionLimit.Of(pamps.Options);
        pamps.Options.Http.MaxStreams = 1_000_000;
        var most = Pamps.Server.Http.ConnectionLimit.Of(pamps.Options);

        Assert.InRange(few, 100, 10_001);
        Assert.InRange(most, few, 1_010_000);
    }

    private static async Task<Socket> OpenAsync(PampsServer pamps)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("localhost", pamps.Address.Port, Stop);
        return socket;
    }

    /// <summary>The answer to a request; empty when the connection is closed instead.</summary>
    private static async Task<string> AskAsync(Socket socket)
    {
        const string request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var answer = "";
        var buffer = new byte[4096];
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), Stop);
            int read;
            do
            {
                read = await socket.ReceiveAsync(buffer, Stop);
                answer += Encoding.ASCII.GetString(buffer, 0, read);
            } while (read > 0 && !answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
        }
        catch (SocketException) when (answer.Length == 0)
        {
            // Closed before all was sent.
        }
        return answer;
    }

    /// <summary>Keeps what the server logs of this.</summary>
    private sealed class Lines : LogListener
    {
        private readonly ConcurrentQueue<string> written = new();

        public IEnumerable<string> OfLimit =>
            written.Where(x => x.Contains("last said", StringComparison.Ordinal));

        public override void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel >= LogLevel.Warning)
            {
                written.Enqueue(formatter(state, exception));
            }
        }
    }
}
