using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Tests.Host;

namespace Pamps.Tests.Plans;

/// <summary>A server of which one table takes for ever to read.</summary>
internal sealed class SlowTable : IAsyncDisposable
{
    /// <summary>Whoever is there.</summary>
    public const string Username = "ana";

    private readonly Statements statements;
    private readonly string table;

    private SlowTable(PampsServer pamps, Statements statements, string table) =>
        (Pamps, this.statements, this.table) = (pamps, statements, table);

    public PampsServer Pamps { get; }

    public static async Task<SlowTable> StartAsync(
        Database database,
        string table,
        Action<PampsOptions>? change = null,
        Action<IServiceCollection>? services = null
    )
    {
        var statements = new Statements();
        var pamps = await PampsServer.StartAsync(
            database,
            change: x =>
            {
                x.Db.Echo = true;
                (x.Db.TimeoutSeconds, x.Http.RequestTimeoutSeconds) = (300, 300);
                change?.Invoke(x);
            },
            services: x =>
            {
                statements.Use(x);
                services?.Invoke(x);
            }
        );
        // One row that is found, so that the other side of the join is looked at in any case.
        var ana = new Client(pamps, Username, id: 0);
        await ana.RegisterAsync();
        await ana.WriteAsync($"#{Username}");
        ana.Dispose();
        await pamps.ExecuteAsync(
            $"""
            ALTER TABLE "{table}" RENAME TO really;
            CREATE VIEW "{table}" AS SELECT r.* FROM really r CROSS JOIN (
                WITH RECURSIVE number (x) AS (SELECT 1 UNION ALL SELECT 1 FROM number)
                SELECT x FROM number WHERE x < 1
            ) never
            """
        );
        statements.Take();
        return new SlowTable(pamps, statements, table);
    }

    /// <summary>Asks for something that reads the table, and returns when it is being read.</summary>
    public async Task<Asked> AskAsync(string path, (string Name, string Value)? header = null)
    {
        var asked = new Asked(new Uri(Pamps.Address, path), header);
        while (!statements.Take().Any(x => x.Contains(table, StringComparison.Ordinal)))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        // It was about to be.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        return asked;
    }

    public async ValueTask DisposeAsync()
    {
        await Pamps.DisposeAsync();
        statements.Dispose();
    }

    /// <summary>A request that is not answered.</summary>
    internal sealed class Asked : IAsyncDisposable
    {
        private readonly HttpClient http = new();
        private readonly CancellationTokenSource patience = new();
        private readonly Task answer;

        public Asked(Uri address, (string Name, string Value)? header)
        {
            if (header is var (name, value))
            {
                http.DefaultRequestHeaders.Add(name, value);
            }
            answer = http.GetAsync(address, patience.Token);
        }

        /// <summary>Hangs up.</summary>
        public async ValueTask DisposeAsync()
        {
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
            http.Dispose();
            patience.Dispose();
        }
    }
}
