using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using static System.FormattableString;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>Several instances of the server on one PostgreSQL, behind HAProxy.</summary>
internal sealed class Instances : IAsyncDisposable
{
    private readonly List<RunningServer> servers = [];
    private readonly int port = Ports.Free();
    private readonly int redirectPort = Ports.Free();
    private readonly int statusPort = Ports.Free();
    private ProxyProcess? proxy;

    public Uri Address => new($"http://127.0.0.1:{port}");

    public IReadOnlyList<RunningServer> Servers => servers;

    public static async Task<Instances> StartAsync(int count)
    {
        var instances = new Instances();
        try
        {
            var workplace = (await Workplace.OnAsync(Database.Postgres)).With(
                "PAMPS_HTTP__DRAIN_SECONDS",
                "5"
            );
            for (var i = 0; i < count; i++)
            {
                instances.servers.Add(await RunningServer.StartAsync(workplace));
            }
            await instances.StartProxyAsync(workplace.Folder);
            return instances;
        }
        catch
        {
            await instances.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the proxy sends requests to all instances again.</summary>
    public async Task IsBackAsync()
    {
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var isBack = false;
        while (!isBack)
        {
            var table = await http.GetStringAsync(
                new Uri(Invariant($"http://127.0.0.1:{statusPort}/;csv")),
                patience.Token
            );
            var states = table.Split('\n').Where(x => x.StartsWith("pamps,pamps-", StringComparison.Ordinal));
            isBack = states.All(x => x.Contains(",UP,", StringComparison.Ordinal));
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    private async Task StartProxyAsync(string folder)
    {
        var file = Path.Combine(folder, "haproxy.cfg");
        // The file that operators use, without TLS and with other addresses, and with more for one of them than a person asks for.
        var lines = (await Repository.ReadAsync("deploy/haproxy.cfg"))
            .Replace("bind :80\n", Invariant($"bind 127.0.0.1:{redirectPort}\n"), StringComparison.Ordinal)
            .Replace("bind :443 ssl ", Invariant($"bind 127.0.0.1:{port} # "), StringComparison.Ordinal)
            .Replace(":8404", Invariant($":{statusPort}"), StringComparison.Ordinal)
            .Replace(" gt 1000 ", " gt 1000000 ", StringComparison.Ordinal)
            .Replace(" gt 400 ", " gt 100000 ", StringComparison.Ordinal)
            .Split('\n')
            .Where(x => !x.TrimStart().StartsWith("server ", StringComparison.Ordinal))
            .Concat(servers.Select((x, i) => Invariant($"    server pamps-{i + 1} 127.0.0.1:{x.Port}")));
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n");
        proxy = await ProxyProcess.StartAsync(statusPort, "haproxy", "-q", "-db", "-f", file);
        await IsBackAsync();
    }
}
