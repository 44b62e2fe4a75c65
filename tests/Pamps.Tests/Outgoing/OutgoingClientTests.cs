using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Pamps.Core;
using Pamps.Core.Text;
using Pamps.Outgoing;

namespace Pamps.Tests.Outgoing;

/// <summary>How this server asks others, and whom it does not ask.</summary>
public sealed class OutgoingClientTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static OutgoingClient NewClient(
        string allow = ForeignServer.Network,
        OutgoingMeasures? measures = null
    )
    {
        var options = new PampsOptions { Site = { Address = "https://pampas.example" } };
        options.Outgoing.Allow = allow;
        return new OutgoingClient(
            new OutgoingRules(options),
            measures ?? new(),
            options,
            TimeProvider.System,
            NullLogger<OutgoingClient>.Instance
        );
    }

    private static async Task<OutgoingAnswer> GetAsync(
        string address,
        OutgoingMeasures? measures = null,
        string allow = ForeignServer.Network
    )
    {
        using var client = NewClient(allow, measures);
        return await client.GetAsync(new Uri(address), "text/html", Ct);
    }

    private static async Task<string> RefusedAsync(string address, OutgoingMeasures? measures = null) =>
        (await Assert.ThrowsAsync<OutgoingException>(() => GetAsync(address, measures))).Message;

    [Fact]
    public async Task What_is_there_is_read_and_the_asker_says_who_it_is_and_nothing_else()
    {
        await using var foreign = new ForeignServer();
        foreign.Redirect("/from", "/to?x#part");
        foreign.Serve(
            "/to?x",
            "Text/HTML; charset=\"ISO-8859-1\"",
            "hello"u8.ToArray(),
            headers: "Set-Cookie: a=b\r\n"
        );
        using var client = NewClient();

        for (var i = 0; i < 2; i++)
        {
            var answer = await client.GetAsync(new Uri(foreign["/from"]), "text/html", Ct);
            Assert.Equal("hello"u8.ToArray(), answer.Body.ToArray());
            Assert.Equal(
                ("text/html", "ISO-8859-1", false),
                (answer.MediaType, answer.Charset, answer.IsCut)
            );
            Assert.Equal("/to?x", answer.Address.PathAndQuery);
        }
        Assert.Equal(4, foreign.Asked.Count);
        Assert.All(foreign.Asked, head =>
        {
            Assert.Contains(
                "\r\nUser-Agent: Pamps/0.1.0 (+https://pampas.example)\r\n",
                head,
                StringComparison.Ordinal
            );
            Assert.Equal(
                ["Accept", "Accept-Encoding", "Host", "User-Agent"],
                head.Split("\r\n")[1..^2].Select(x => x.Split(':')[0]).Order(StringComparer.Ordinal)
            );
        });
    }

    /// <summary>With names that lead there, with numbers in whatever spelling, straight and by a redirect.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.2]:{0}/")]
    [InlineData("http://[::127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://1.1.1.1:{0}/")]
    [InlineData("http://1.1.1.1:22/")]
    public async Task Nobody_but_the_public_internet_is_asked_on_the_webs_own_ports(string target)
    {
        using var own = new TcpListener(IPAddress.IPv6Any, 0);
        own.Server.DualMode = true;
        own.Start();
        var address = string.Format(
            CultureInfo.InvariantCulture,
            target,
            ((IPEndPoint)own.LocalEndpoint).Port
        );
        await using var foreign = new ForeignServer();
        foreign.Redirect("/", address);

        const string refusal = "It is not on the public internet, or not on a port of the web.";
        Assert.Equal(refusal, await RefusedAsync(address));
        Assert.Equal(refusal, await RefusedAsync(foreign["/"]));
        Assert.False(own.Pending());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.2/")]
    [InlineData("gopher://127.0.0.2:70/")]
    [InlineData("http://ana:secret@127.0.0.2/")]
    public async Task What_is_no_plain_address_of_the_web_is_not_asked(string address)
    {
        await using var foreign = new ForeignServer();
        foreign.Redirect("/", address);
        Assert.Equal("It is no address of the web.", await RefusedAsync(address));
        Assert.Equal("It is no address of the web.", await RefusedAsync(foreign["/"]));
    }

    [Fact]
    public async Task It_goes_three_times_where_it_is_sent_and_no_further()
    {
        await using var foreign = new ForeignServer();
        for (var i = 0; i < 4; i++)
        {
            foreign.Redirect($"/{i}", $"/{i + 1}");
        }
        foreign.Page("/4", "here");
        Assert.Equal("It sends on and on.", await RefusedAsync(foreign["/0"]));
        Assert.Equal(0, foreign.Count("/4"));
        Assert.Equal("/4", (await GetAsync(foreign["/1"])).Address.AbsolutePath);
    }

    [Fact]
    public async Task Of_a_body_without_end_and_of_one_that_grows_without_end_as_much_is_read_as_may_be()
    {
        await using var foreign = new ForeignServer();
        foreign.Answer("/endless", async (stream, ct) =>
        {
            await ForeignServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", ct);
            while (true)
            {
                await stream.WriteAsync(new byte[65_536], ct);
            }
        });
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 64; i++)
            {
                await gzip.WriteAsync(new byte[1_048_576], Ct);
            }
        }
        foreign.Serve("/bomb", "text/html", packed.ToArray(), headers: "Content-Encoding: gzip\r\n");
        foreach (var path in new[] { "/endless", "/bomb" })
        {
            var answer = await GetAsync(foreign[path]);
            Assert.True(answer.IsCut);
            Assert.Equal(1_048_576, answer.Body.Length);
        }
        var whole = new byte[1_048_576];
        foreign.Serve("/whole", "text/html", whole);
        Assert.False((await GetAsync(foreign["/whole"])).IsCut);
    }

    [Fact]
    public async Task Who_takes_too_long_is_left()
    {
        var measures = new OutgoingMeasures { Patience = TimeSpan.FromMilliseconds(300) };
        await using var foreign = new ForeignServer();
        foreign.Answer("/silent", (_, ct) => Task.Delay(Timeout.Infinite, ct));
        foreign.Answer("/head", (stream, ct) => DripAsync(stream, "HTTP/1.1 200 OK\r\nX: ", ct));
        foreign.Answer("/body", (stream, ct) => DripAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", ct));
        foreach (var path in new[] { "/silent", "/head", "/body" })
        {
            Assert.Equal(
                "It did not answer within 0.3 seconds.",
                await RefusedAsync(foreign[path], measures)
            );
        }

        static async Task DripAsync(Stream stream, string beginning, CancellationToken ct)
        {
            await ForeignServer.WriteAsync(stream, beginning, ct);
            while (true)
            {
                await ForeignServer.WriteAsync(stream, "x", ct);
                await Task.Delay(20, ct);
            }
        }
    }

    [Fact]
    public async Task What_is_no_answer_is_said_in_a_few_words_that_hold_nothing_of_it()
    {
        await using var foreign = new ForeignServer();
        foreign.Answer("/broken", (stream, ct) => ForeignServer.WriteAsync(stream, "SSH-2.0-secret\r\n", ct));
        foreign.Answer("/head", (stream, ct) =>
            ForeignServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nX: {new string('x', 40_000)}\r\n\r\n", ct)
        );
        foreign.Serve("/packed", "text/html", "secret"u8.ToArray(), headers: "Content-Encoding: gzip\r\n");
        foreign.Serve("/gone", "text/html", "secret"u8.ToArray(), "410 Gone");
        Assert.Equal("It answered 410.", await RefusedAsync(foreign["/gone"]));
        foreach (var path in new[] { "/broken", "/head", "/packed" })
        {
            Assert.DoesNotContain("secret", await RefusedAsync(foreign[path]), StringComparison.Ordinal);
        }
        await foreign.DisposeAsync();
        Assert.StartsWith(
            "It cannot be asked (",
            await RefusedAsync(foreign["/x"]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("10.0.0.0/8, ::1,192.168.1.1", true)]
    [InlineData("example.org", false)]
    [InlineData("10.0.0.0/33", false)]
    public void The_setting_names_networks(string setting, bool isGood) =>
        Assert.Equal(isGood, Networks.Parse(setting) is not null);
}
