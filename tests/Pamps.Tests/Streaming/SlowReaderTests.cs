using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Streaming;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>Who does not keep up is cut off, and loses nothing by it.</summary>
public sealed partial class SlowReaderTests
{
    private const int MostPosts = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, OnEachDatabase]
    public async Task A_reader_who_does_not_read_is_cut_off_and_goes_on_later(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Posts.MaxLength = 10_000,
            services: x => x.AddSingleton(new LiveFeedOptions { QueueLength = 4, MaxOfUser = 2 })
        );
        using var ana = await pamps.RegisterAsync("ana");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            // Small, so that what is not read soon waits in the server.
            ReceiveBufferSize = 4096,
        };
        await socket.ConnectAsync(
            IPAddress.Loopback,
            pamps.Address.Port,
            TestContext.Current.CancellationToken
        );
        // The older HTTP sends no lengths of chunks in between.
        var request = $"GET /stream/ HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer {ana.AccessToken}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        // What is written before the stream has begun does not come.
        var head = await ReadUntilAsync(socket, "\r\n\r\n");
        using var reader = await LiveStream.OpenAsync(ana);
        var first = await ana.WriteAsync("read by both");
        await reader.ExpectAsync("post", first);
        var read = head + await ReadUntilAsync(socket, $"\"id\":{first},");

        // Each of these takes twelve bytes in JSON.
        var large = string.Concat(Enumerable.Repeat("🌅", 10_000));
        var written = new List<long> { first };
        while (!await HasRoomAsync(ana))
        {
            Assert.True(written.Count < MostPosts, "It was not cut off.");
            written.Add(await ana.WriteAsync(large));
            // Somebody who reads is not held up by somebody who does not.
            await reader.ExpectAsync("post", written[^1]);
        }

        var (heard, place) = Whole(read + await ReadToEndAsync(socket));
        Assert.Equal(written.Take(heard.Count), heard);
        using var again = await LiveStream.OpenWhenThereIsRoomAsync(ana, place);
        foreach (var id in written.Skip(heard.Count))
        {
            await again.ExpectAsync("post", id);
        }
    }

    /// <summary>Whether one of the two streams that a user may have here has ended.</summary>
    private static async Task<bool> HasRoomAsync(Client user)
    {
        try
        {
            using var another = await LiveStream.OpenAsync(user);
            return true;
        }
        catch (Xunit.Sdk.EqualException)
        {
            return false;
        }
    }

    /// <summary>The posts of all events that came whole, and the place of the last. The one after may be cut off.</summary>
    private static (List<long> Posts, string Place) Whole(string answer)
    {
        var whole = WholePost().Matches(answer);
        return ([.. whole.Select(x => long.Parse(x.Groups[2].Value, null))], whole[^1].Groups[1].Value);
    }

    private static async Task<string> ReadUntilAsync(Socket socket, string mark)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (read, buffer) = ("", new byte[4096]);
        while (!read.Contains(mark, StringComparison.Ordinal))
        {
            var length = await socket.ReceiveAsync(buffer, patience.Token);
            Assert.NotEqual(0, length);
            read += Encoding.ASCII.GetString(buffer, 0, length);
        }
        return read;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var read)
            {
                all.Write(buffer, 0, read);
            }
        }
        catch (SocketException)
        {
            // Cut off.
        }
        return Encoding.UTF8.GetString(all.ToArray());
    }

    [GeneratedRegex("""event: post\nid: ([\d-]+)\ndata: \{"id":(\d+),[^{}]*\}\n\n""")]
    private static partial Regex WholePost();
}
