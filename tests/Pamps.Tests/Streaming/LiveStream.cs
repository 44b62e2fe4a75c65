using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>What came between two empty lines.</summary>
internal sealed record Block(string? Event, string? Id, string? Data, string? Retry, bool IsComment)
{
    public JsonNode Json => JsonNode.Parse(Data!)!;
}

/// <summary>An open live stream, read as it comes.</summary>
internal sealed class LiveStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private LiveStream(HttpResponseMessage response, Stream body) =>
        (this.response, reader) = (response, new StreamReader(body));

    public HttpResponseMessage Response => response;

    /// <summary>The id of the last block that had one.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>Opens a stream and reads its first event.</summary>
    public static async Task<LiveStream> OpenAsync(
        Client client,
        string? after = null,
        bool inQuery = false,
        string? from = null
    )
    {
        var path = inQuery ? $"/stream/?last_event_id={after}" : "/stream/";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", client.AccessToken);
        if (after is not null && !inQuery)
        {
            request.Headers.Add("Last-Event-ID", after);
        }
        if (from is not null)
        {
            request.Headers.Add("X-Forwarded-For", from);
        }
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var stream = new LiveStream(response, await response.Content.ReadAsStreamAsync());
        var retry = await stream.ReadAsync();
        // A server that dies just then has sent nothing but the head.
        Assert.Equal("2000", retry?.Retry);
        var ready = await stream.ReadAsync();
        Assert.Equal("ready", ready?.Event);
        Assert.NotEmpty(ready!.Id!);
        return stream;
    }

    /// <summary>The server learns from the connection that a client has gone, a moment later.</summary>
    public static async Task<LiveStream> OpenWhenThereIsRoomAsync(
        Client client,
        string? after = null,
        string? from = null
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OpenAsync(client, after, from: from);
            }
            catch (Xunit.Sdk.EqualException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>The next event; comments are passed over. Null when the stream has ended.</summary>
    public async Task<Block?> NextAsync()
    {
        while (await ReadAsync() is { } block)
        {
            if (block.Event is not null)
            {
                return block;
            }
        }
        return null;
    }

    /// <summary>The next event of this kind; what comes before it, also from before the stream was opened, is passed over.</summary>
    public async Task<Block> NextAsync(string kind)
    {
        while (await NextAsync() is { } block)
        {
            if (block.Event == kind)
            {
                return block;
            }
        }
        throw new EndOfStreamException($"The stream ended before {kind} came.");
    }

    /// <summary>The next event of this kind about the thing of this id; likewise.</summary>
    public async Task<Block> NextAsync(string kind, long id)
    {
        while (true)
        {
            var block = await NextAsync(kind);
            if ((long?)block.Json["id"] == id)
            {
                return block;
            }
        }
    }

    /// <summary>The next event, which must be of this kind, about the thing of this id.</summary>
    public async Task<JsonNode> ExpectAsync(string name, long id)
    {
        var block = await NextAsync();
        Assert.Equal((name, id), (block?.Event, (long?)block?.Json["id"]));
        Assert.NotEmpty(block!.Id!);
        return block.Json;
    }

    /// <summary>The next block of any sort; null when the stream has ended.</summary>
    public async Task<Block?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var block = new Block(null, null, null, null, false);
        var isEmpty = true;
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0 && !isEmpty)
            {
                LastId = block.Id ?? LastId;
                return block;
            }
            isEmpty = false;
            block = line.Split(": ", 2) switch
            {
                ["event", var x] => block with { Event = x },
                ["id", var x] => block with { Id = x },
                ["data", var x] => block with { Data = x },
                ["retry", var x] => block with { Retry = x },
                [":", ..] or [""] => block with { IsComment = true },
                _ => throw new FormatException($"Not a line of an event stream: {line}"),
            };
        }
        Assert.True(isEmpty, "The stream ended within an event.");
        return null;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
