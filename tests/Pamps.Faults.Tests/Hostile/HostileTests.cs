using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Hostile;

/// <summary>Requests that mean no good.</summary>
public sealed class HostileTests
{
    private const int Seed = 20_261_121;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task No_mutated_request_breaks_the_server(Database database)
    {
        // Who tries all of it from one address signs in wrongly very often, and must be let in again, see below. The machine's own
        // address has no limits; what is said to come from elsewhere soon meets those.
        var workplace = (await Workplace.OnAsync(database))
            .With("PAMPS_SECURITY__SIGN_IN_FAILURES_PER_ADDRESS", "1000000")
            .With("PAMPS_HTTP__TRUSTED_PROXIES", "127.0.0.1")
            .With("PAMPS_LIMITS__ENABLED", "true")
            .With("PAMPS_LIMITS__ADDRESS_REQUESTS_PER_5_MINUTES", "200")
            .With("PAMPS_LIMITS__POSTS_PER_3_HOURS", "5");
        await using var pamps = await RunningServer.StartAsync(workplace);
        using var http = new HttpClient { BaseAddress = pamps.Address };
        var mutator = new Mutator(
            JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi.json", UriKind.Relative), Stop))!,
            Seed
        );
        var count = Size.Of(1500, 50_000);
        var statuses = new SortedDictionary<int, int>();
        var memory = new List<long>();
        var ana = await pamps.RegisterAsync("ana");
        for (var sent = 0; sent < count; sent += 50)
        {
            // Some sign out or close the account they are sent with.
            if ((await ana.GetAsync("/user/me/")).Status == HttpStatusCode.Unauthorized)
            {
                ana.Dispose();
                ana = await pamps.RegisterAsync($"ana{sent}");
            }
            var odd = Enumerable.Range(0, 50).Select(_ => mutator.Next()).ToList();
            // In turn without limits, and with them.
            var from = sent / 50 % 2 == 0 ? null : "198.51.100.7";
            var answers = await Task.WhenAll(odd.Select(x => SendAsync(http, ana.AccessToken, from, x)));
            foreach (var (request, status) in odd.Zip(answers))
            {
                Assert.True(
                    status < 500,
                    $"{status} (seed {Seed}): {request}, {Encoding.UTF8.GetString(request.Body ?? [])}"
                );
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
            memory.Add(pamps.ReadMemory());
        }
        ana.Dispose();
        Assert.Contains(429, statuses.Keys);
        Report.Say(
            $"{database}: {count} mutated requests of seed {Seed}: {string.Join(", ", statuses.Select(x => $"{x.Key} {x.Value} times"))}; memory {memory[memory.Count / 2] >> 20} MB in the middle, {memory[^1] >> 20} MB at the end"
        );
        Assert.DoesNotContain(pamps.Log, x =>
            x.Contains(" fail: ", StringComparison.Ordinal) || x.Contains(" crit: ", StringComparison.Ordinal)
        );
        // Of what concerns security each is a line.
        var lines = pamps.Log.Count(x => !x.Contains("Pamps.Security", StringComparison.Ordinal));
        Assert.InRange(lines, 0, 100);
        Assert.InRange(memory[^1], 0, memory[memory.Count / 2] + (100 << 20));
    }

    [Fact]
    public async Task Raw_bytes_huge_headers_and_silent_connections_harm_nobody()
    {
        await using var pamps = await RunningServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        // A start tells of each migration.
        var before = pamps.Log.Count;
        var silent = new List<TcpClient>();
        for (var i = 0; i < Size.Of(500, 2000); i++)
        {
            silent.Add(await ConnectAsync(pamps));
        }
        // One that sends a byte now and then is no better.
        var slow = await ConnectAsync(pamps);
        await slow.GetStream().WriteAsync("GET /post/ HTTP/1.1\r\nX: "u8.ToArray(), Stop);

        var random = new Random(Seed);
        for (var i = 0; i < Size.Of(200, 5000); i++)
        {
            using var client = await ConnectAsync(pamps);
            await SendRawAsync(client, RawBytes(random));
        }
        await ana.WriteAsync("still here");
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/post/")).Status);
        Assert.InRange(pamps.Log.Count - before, 0, 10);
        silent.ForEach(x => x.Dispose());
        slow.Dispose();
    }

    [Fact]
    public async Task A_connection_that_never_sends_its_request_is_closed()
    {
        await using var pamps = await RunningServer.StartAsync(Database.Sqlite);
        using var slow = await ConnectAsync(pamps);
        var stream = slow.GetStream();
        await stream.WriteAsync("GET /post/ HTTP/1.1\r\n"u8.ToArray(), Stop);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task<TcpClient> ConnectAsync(RunningServer pamps)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, pamps.Port);
        return client;
    }

    private static byte[] RawBytes(Random random)
    {
        var noise = new byte[random.Next(1, 2000)];
        random.NextBytes(noise);
        var text = random.Next(6) switch
        {
            0 => $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n",
            1 => $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n",
            2 =>
                $"GET / HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: y\r\n"))}\r\n",
            3 =>
                "POST /post/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n",
            4 => "GET http://elsewhere/ HTTP/9.9\r\n\r\n",
            _ => "",
        };
        return text.Length > 0 ? Encoding.ASCII.GetBytes(text) : noise;
    }

    /// <summary>Sends what may be refused before it was read to its end, and reads what comes back.</summary>
    private static async Task SendRawAsync(TcpClient client, byte[] bytes)
    {
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var line = await reader.ReadLineAsync();
            Assert.DoesNotContain(" 500 ", line ?? "", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Refused by an end of the connection.
        }
    }

    private static async Task<int> SendAsync(HttpClient http, string token, string? from, Odd odd)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(odd.Method),
            new Uri(
                http.BaseAddress! + odd.Path.TrimStart('/'),
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        );
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (from is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", from);
        }
        if (odd.Key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", odd.Key);
        }
        if (odd.Body is not null)
        {
            request.Content = new ByteArrayContent(odd.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", odd.MediaType);
        }
        try
        {
            using var response = await http.SendAsync(request);
            if (
                (int)response.StatusCode >= 400
                && odd.Method != "HEAD"
                && response.Content.Headers.ContentLength != 0
            )
            {
                var type = response.Content.Headers.ContentType?.MediaType;
                // Programs that want to be let in are answered as RFC 6749 section 5.2 says.
                if (
                    type != "application/json"
                    || !(await response.Content.ReadAsStringAsync()).StartsWith(
                        """{"error":""",
                        StringComparison.Ordinal
                    )
                )
                {
                    Assert.Equal("application/problem+json", type);
                }
            }
            return (int)response.StatusCode;
        }
        catch (Exception exception) when (BrokenConnection.Is(exception))
        {
            // Refused before the body was read to its end.
            return 400;
        }
    }
}
