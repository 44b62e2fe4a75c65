using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Server;
using Pamps.Server.Cli;
using Pamps.Server.Settings;
using Pamps.Tests.CommandLine;

namespace Pamps.Tests.Host;

/// <summary>
/// The real server with real sockets, on a database of its own: in this process, or as the native file where that is what is
/// tested.
/// </summary>
public sealed class PampsServer : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Database, Lazy<Task<PampsServer>>> Shared = new();
    private static readonly ConcurrentDictionary<Database, Lazy<Task<string>>> PreparedOnes = new();
    private readonly WebApplication app;
    private readonly PampsProcess? process;

    private PampsServer(
        WebApplication app,
        PampsOptions options,
        Uri address,
        PampsProcess? process = null
    ) => (this.app, Options, Address, this.process) = (app, options, address, process);

    public Uri Address { get; }

    public PampsOptions Options { get; }

    /// <summary>For what no door shows, such as moving a clock or counting rows.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>
    /// The server that tests share which bring their own users and mind nobody else's. Starting one is what costs.
    /// </summary>
    public static Task<PampsServer> ShareAsync(Database database) =>
        Shared.GetOrAdd(database, x => new Lazy<Task<PampsServer>>(() => StartSharedAsync(x))).Value;

    /// <summary>A server that several tests use, and none disposes: it goes with the test run.</summary>
    public static async Task<PampsServer> StartSharedAsync(Database database)
    {
        var server = await StartAsync(database);
        server.process?.EndWithTests();
        return server;
    }

    /// <summary>A server of the test's own, to be disposed.</summary>
    /// <param name="database">On which database.</param>
    /// <param name="change">Changes its settings.</param>
    /// <param name="environment">Development, Production or Testing.</param>
    /// <param name="services">Changes its services; then it runs in this process in any case.</param>
    public static async Task<PampsServer> StartAsync(
        Database database,
        Action<PampsOptions>? change = null,
        string environment = "Testing",
        Action<IServiceCollection>? services = null
    )
    {
        // With a name that says what it is for, or a process in Testing would have a folder of its own in it.
        var folder = Directory.CreateDirectory(Path.Combine(TestDatabase.NewFolder(), "test")).FullName;
        var options = new PampsOptions { Port = 0, DataFolder = folder };
        // Hashing is what would take the time; its real cost has tests of its own.
        options.Security.PasswordIterations = 1000;
        options.Security.RefuseCommonPasswords = false;
        options.Security.SignInFailuresPerAddress = 100_000;
        options.Security.SignInFailuresPerAccount = 1000;
        options.Security.SignInFailuresFromEverywhere = 100_000;
        options.Db.MaxConnections = 20;
        // A machine that is busy with other tests finds all the same.
        options.Search.BudgetMilliseconds = 60_000;
        options.Search.Parallel = 20;
        // Tests write much; those of the limits put them back.
        options.Limits.Enabled = false;
        // All their people are new.
        options.Moderation.HoldSpam = false;
        // No test asks anything of the internet; those of cards and avatars have servers of their own.
        options.Outgoing.Enabled = false;
        change?.Invoke(options);
        if (options.Db.Uri.Length == 0)
        {
            options.Db.Uri = await TestDatabase.CopyAsync(database, await Prepared(database));
        }
        var quiet = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Error" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(quiet).Build();
        var app = Web.Build(new RunSettings(environment, configuration, options), services);
        if (TestProgram.Native is null || services is not null)
        {
            await PrepareDatabase.RunAsync(app.Services, needsSchema: true, _ => { }, CancellationToken.None);
            await app.StartAsync();
            return new PampsServer(app, options, new Uri(Web.Address(app)));
        }
        var process = await PampsProcess.StartAsync(
            options.DataFolder,
            VariablesOf(options, environment),
            "",
            "serve"
        );
        return new PampsServer(app, options, await process.ListensAsync(), process);
    }

    /// <summary>A database with the schema in it and nothing else, to be copied: faster than making it each time.</summary>
    private static Task<string> Prepared(Database database) =>
        PreparedOnes.GetOrAdd(database, x => new Lazy<Task<string>>(() => PrepareAsync(x))).Value;

    private static async Task<string> PrepareAsync(Database database)
    {
        var options = new PampsOptions { DataFolder = TestDatabase.NewFolder() };
        options.Db.Uri = await TestDatabase.CreateAsync(database);
        var settings = new RunSettings("Testing", new ConfigurationBuilder().Build(), options);
        await using (var app = Web.Build(settings))
        {
            await PrepareDatabase.RunAsync(app.Services, needsSchema: true, _ => { }, CancellationToken.None);
        }
        if (database == Database.Sqlite)
        {
            // All of it is in the one file then.
            await using var connection = await TestDatabase.OpenAsync(options.Db.Uri);
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }
        return options.Db.Uri;
    }

    private static Dictionary<string, string> VariablesOf(PampsOptions options, string environment)
    {
        // The services beside it are to take its tokens.
        options.Security.SecretKey = options.Security.SecretKey is { Length: > 0 } key
            ? key
            : new string('k', 64);
        var variables = SettingsTable
            .Read()
            .ToDictionary(
                x => x.Variable,
                x => Convert.ToString(x.Read(options), CultureInfo.InvariantCulture)!
            );
        variables["PAMPS_ENV"] = environment;
        variables["PAMPS_LOGGING__LOGLEVEL__DEFAULT"] = "Error";
        return variables;
    }

    /// <summary>A client who is not signed in.</summary>
    public Client Anonymous() => new(this, username: "", id: 0);

    /// <summary>Registers a user with a name nobody else has, and signs in.</summary>
    public async Task<Client> RegisterAsync(string? prefix = null, string password = Client.DefaultPassword)
    {
        var username = $"{prefix ?? "u"}_{Guid.NewGuid():N}"[..20];
        var client = new Client(this, username, id: 0);
        await client.RegisterAsync(password);
        return client;
    }

    /// <summary>Like <see cref="RegisterAsync"/>, with all a superuser may do.</summary>
    public async Task<Client> RegisterSuperuserAsync()
    {
        var client = await RegisterAsync("super");
        var moderate = app.Services.GetRequiredService<Core.Users.ModerateUser>();
        await moderate.RunAsync(
            Viewer.Operator,
            client.Username,
            superuser: true,
            active: null,
            CancellationToken.None
        );
        return client;
    }

    /// <summary>Runs a statement on the database, past the program.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The one value that a statement reads, past the program.</summary>
    public async Task<T> ScalarAsync<T>(string statement)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private ValueTask<DbConnection> OpenAsync() =>
        Services.GetRequiredService<IDatabase>().OpenAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            await app.StopAsync();
        }
        else
        {
            await process.DisposeAsync();
        }
        await app.DisposeAsync();
    }
}
