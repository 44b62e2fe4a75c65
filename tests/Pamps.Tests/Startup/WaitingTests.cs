using System.Net;
using System.Net.Sockets;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Startup;

public sealed class WaitingTests
{
    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_one_line()
    {
        var workplace = new Workplace()
            .With("PAMPS_DB__URI", $"postgresql://user:s3cret@127.0.0.1:{Ports.Free()}/pamps_test")
            .With("PAMPS_DB__WAIT_SECONDS", "2");
        var ran = await workplace.RunAsync("serve", "--port", "0");
        Assert.StartsWith("pamps: Gave up after ", ran.Refused(), StringComparison.Ordinal);
        var tries = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(tries);
        for (var attempt = 1; attempt <= tries.Length; attempt++)
        {
            Assert.StartsWith(
                "Waiting for the PostgreSQL database pamps_test at ",
                tries[attempt - 1],
                StringComparison.Ordinal
            );
            Assert.Contains($"(try {attempt}, ", tries[attempt - 1], StringComparison.Ordinal);
        }
        Assert.DoesNotContain("s3cret", ran.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_comes_up_later_is_waited_for()
    {
        var port = Ports.Free();
        var target = new Uri(await TestDatabase.CreateAsync(Database.Postgres));
        var workplace = new Workplace().With(
            "PAMPS_DB__URI",
            new UriBuilder(target) { Host = "127.0.0.1", Port = port }.Uri.ToString()
        );
        await using var pamps = await workplace.StartAsync("serve", "--port", "0");
        await pamps.SaysAsync(x => x.Contains("(try 2, ", StringComparison.Ordinal));

        using var proxy = new Proxy(port, target.Host, target.Port);
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        using var ready = await http.GetAsync(
            new Uri("/health/ready", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Theory]
    [InlineData("nobody_here", null, "nobody_here")]
    [InlineData(null, "nothing_here", "nothing_here_test")]
    public async Task A_server_that_refuses_is_not_waited_for(string? user, string? database, string line)
    {
        var uri = new UriBuilder(TestDatabase.PostgresServer());
        uri.UserName = user ?? uri.UserName;
        uri.Password = "s3cret";
        uri.Path = database ?? "postgres";
        var workplace = new Workplace().With("PAMPS_DB__URI", uri.Uri.ToString());
        var ran = await workplace.RunAsync("serve", "--port", "0");
        var refusal = ran.Refused();
        Assert.Contains(" refuses: ", refusal, StringComparison.Ordinal);
        Assert.Contains(line, refusal, StringComparison.Ordinal);
        Assert.Empty(ran.Output);
        Assert.DoesNotContain("s3cret", ran.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_hold_every_text_is_refused_by_the_name_of_its_encoding()
    {
        var uri = await TestDatabase.CreateAsync(Database.Postgres, "LATIN1");
        var workplace = new Workplace().With("PAMPS_DB__URI", uri);
        var refusal = (await workplace.RunAsync("serve", "--port", "0")).Refused();
        Assert.Contains("has the encoding LATIN1", refusal, StringComparison.Ordinal);
        Assert.Contains("--encoding=UTF8", refusal, StringComparison.Ordinal);
    }

    /// <summary>Listens on a port and passes everything on.</summary>
    private sealed class Proxy : IDisposable
    {
        private readonly TcpListener listener;
        private readonly string host;
        private readonly int port;

        public Proxy(int listenPort, string host, int port)
        {
            (this.host, this.port) = (host, port);
            listener = new TcpListener(IPAddress.Loopback, listenPort);
            listener.Start();
            _ = AcceptAsync();
        }

        public void Dispose() => listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = PassAsync(await listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Disposed.
            }
        }

        private async Task PassAsync(TcpClient client)
        {
            using var near = client;
            using var far = new TcpClient();
            await far.ConnectAsync(host, port);
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream()),
                far.GetStream().CopyToAsync(near.GetStream())
            );
        }
    }
}
