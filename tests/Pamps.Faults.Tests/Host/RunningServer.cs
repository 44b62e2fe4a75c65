using System.Globalization;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Host;

/// <summary>The built program, as a process, at an address that outlives it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Workplace workplace;
    private readonly int port = Ports.Free();
    private readonly List<string> earlierLines = [];
    private PampsProcess process;

    private RunningServer(Workplace workplace)
    {
        this.workplace = workplace;
        // Set before anybody sees the server.
        process = null!;
    }

    public Uri Address => new($"http://127.0.0.1:{port}");

    public int Port => port;

    public PampsProcess Process => process;

    public Workplace Workplace => workplace;

    /// <summary>All that it and those before it logged, but the line of each request.</summary>
    public IReadOnlyList<string> Log =>
        [
            .. earlierLines,
            .. LinesOf(process).Where(x => !x.Contains("RequestLog", StringComparison.Ordinal)),
        ];

    public static async Task<RunningServer> StartAsync(Database database) =>
        await StartAsync(await Workplace.OnAsync(database));

    public static async Task<RunningServer> StartAsync(Workplace workplace)
    {
        var server = new RunningServer(workplace);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the program after it has ended.</summary>
    public async Task StartAgainAsync()
    {
        if (process is not null)
        {
            earlierLines.AddRange(Log.Except(earlierLines));
        }
        process = await workplace.StartAsync("--port", port.ToString(CultureInfo.InvariantCulture));
        await process.ListensAsync();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await process.SignalAsync("KILL");
        await process.EndAsync();
    }

    /// <summary>SIGTERM, and the end of the process.</summary>
    public async Task<Ran> StopAsync()
    {
        await process.SignalAsync("TERM");
        return await process.EndAsync();
    }

    public Client Anonymous() => new(Address, username: "", id: 0);

    public async Task<Client> RegisterAsync(string username)
    {
        var client = new Client(Address, username, id: 0);
        await client.RegisterAsync();
        return client;
    }

    /// <summary>Checks counters and references as an operator would.</summary>
    public async Task AssertConsistentAsync() => (await workplace.RunAsync("db", "verify")).Succeeded();

    /// <summary>The process's memory in bytes.</summary>
    public long ReadMemory()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .Single(x => x.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024
            * long.Parse(
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            );
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string[] LinesOf(PampsProcess process) =>
        (process.Output + process.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
