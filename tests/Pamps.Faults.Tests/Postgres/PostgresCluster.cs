using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>A PostgreSQL of the test's own, to be stopped, frozen and robbed of its connections.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly string Programs = FindPrograms();

    // Its owner must be able to enter, so it is not in the tests' own folder.
    private readonly string folder = $"/tmp/pamps-faults-{Guid.NewGuid():N}";
    private readonly string options;
    private long counted;

    private PostgresCluster(int maxConnections, string more = "")
    {
        Port = Ports.Free();
        options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {Port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections={maxConnections} {more}"
        );
    }

    public int Port { get; }

    private string Data => Path.Combine(folder, "db");

    private string Log => Path.Combine(folder, "log");

    public static async Task<PostgresCluster> StartAsync(int maxConnections = 100)
    {
        var cluster = new PostgresCluster(maxConnections);
        await cluster.MakeFolderAsync();
        await cluster.RunAsync("initdb", "-D", cluster.Data, "-U", "postgres", "--auth=trust", "-E", "UTF8");
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>A replica of this one, which logs each statement; from now on a commit here waits for it.</summary>
    public async Task<PostgresCluster> StartReplicaAsync(int maxConnections = 100)
    {
        var replica = new PostgresCluster(maxConnections, "-c log_statement=all -c cluster_name=replica");
        await replica.MakeFolderAsync();
        await replica.RunAsync(
            "pg_basebackup",
            "-h",
            "127.0.0.1",
            "-p",
            Port.ToString(CultureInfo.InvariantCulture),
            "-U",
            "postgres",
            "-D",
            replica.Data,
            "--write-recovery-conf",
            "--checkpoint=fast"
        );
        await replica.StartAsync();
        return replica;
    }

    /// <summary>Whether a commit waits until a replica has it too, so that none is lost with this server.</summary>
    public async Task WaitForReplicasAsync(bool does)
    {
        await ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = '{(does ? "*" : "")}'");
        await ExecuteAsync("SELECT pg_reload_conf()");
    }

    /// <summary>Makes a replica the primary.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "promote");

    /// <summary>kill -9 for all of its processes.</summary>
    public async Task KillAsync()
    {
        await SignalAllAsync("KILL");
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    /// <summary>How many statements with these words it has logged since this was asked last.</summary>
    public async Task<int> CountNewAsync(string words)
    {
        await using var log = File.Open(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = counted;
        using var reader = new StreamReader(log);
        var lines = await reader.ReadToEndAsync();
        counted = log.Position;
        return lines.Split(words).Length - 1;
    }

    /// <summary>The URI of a new, empty database in it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"pamps_test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{Port}/{name}");
    }

    public Task StartAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-l", Log, "-o", options, "start");

    /// <param name="mode">fast: sessions are ended; immediate: as if the power went.</param>
    public Task StopAsync(string mode) => RunAsync("pg_ctl", "-D", Data, "-w", "-m", mode, "stop");

    /// <summary>Its processes stand still; connections stay open and the kernel goes on taking new ones.</summary>
    public Task FreezeAsync() => SignalAllAsync("STOP");

    public Task ThawAsync() => SignalAllAsync("CONT");

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection of somebody else's.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Pooling=false"
            )
        );
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await ThawAsync();
            await StopAsync("immediate");
        }
        await Shell.RunAsync("rm", "-rf", folder);
    }

    private async Task MakeFolderAsync()
    {
        Directory.CreateDirectory(folder);
        if (Shell.IsRoot)
        {
            await Shell.RunAsync("chown", "postgres", folder);
        }
    }

    private async Task SignalAllAsync(string signal)
    {
        var main = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        var children = await Shell.RunAsync("ps", "--ppid", main, "-o", "pid=");
        await Shell.RunAsync("kill", $"-{signal}", main);
        // Those that have ended meanwhile need no signal.
        await Shell.RunAsync(
            "sh",
            [
                "-c",
                $"for child in \"$@\"; do kill -{signal} \"$child\" 2>/dev/null || :; done",
                "sh",
                .. children.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            ]
        );
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs, program), .. arguments];
        await (
            Shell.IsRoot
                ? Shell.RunAsync("runuser", ["-u", "postgres", "--", .. command])
                : Shell.RunAsync(command[0], command[1..])
        );
    }

    private static string FindPrograms()
    {
        // Debian's, the newest; else where the PATH has them.
        const string debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(debian)
            ? Directory
                .GetDirectories(debian)
                .OrderByDescending(x => int.Parse(Path.GetFileName(x), CultureInfo.InvariantCulture))
                .Select(x => Path.Combine(x, "bin"))
            : [];
        return folders
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(x => File.Exists(Path.Combine(x, "initdb")))
            ?? throw new InvalidOperationException(
                "PostgreSQL's initdb is missing; on Debian: apt-get install postgresql."
            );
    }
}
