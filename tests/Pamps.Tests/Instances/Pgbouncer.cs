using System.Diagnostics;
using Npgsql;
using Pamps.Tests.Host;

namespace Pamps.Tests.Instances;

/// <summary>A real pgbouncer in front of the PostgreSQL that tests have.</summary>
internal sealed class Pgbouncer : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly Process process;
    private readonly int port;

    private Pgbouncer(DirectoryInfo folder, Process process, int port) =>
        (this.folder, this.process, this.port) = (folder, process, port);

    /// <param name="mode">Its <c>pool_mode</c>.</param>
    public static async Task<Pgbouncer> StartAsync(string mode)
    {
        var server = TestDatabase.PostgresServer();
        var user = server.UserInfo.Split(':', 2);
        var port = Ports.Free();
        var folder = Directory.CreateTempSubdirectory("pamps-pgbouncer-");
        var users = Path.Combine(folder.FullName, "users");
        await File.WriteAllTextAsync(
            users,
            $"\"{Uri.UnescapeDataString(user[0])}\" \"{Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? "")}\"\n"
        );
        var settings = Path.Combine(folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {users}
            pool_mode = {mode}
            ; In session mode a connection keeps its own, used or not.
            default_pool_size = {(mode == "session" ? 20 : 3)}
            """
        );
        // It refuses to run as root, and reads its files as whom it runs as.
        using (var chmod = Process.Start("chmod", ["-R", "a+rX", folder.FullName]))
        {
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var start =
            Environment.UserName == "root"
                ? new ProcessStartInfo(
                    "setpriv",
                    ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "pgbouncer", "-q", settings]
                )
                : new ProcessStartInfo("env", ["pgbouncer", "-q", settings]);
        start.Environment["PATH"] += ":/usr/sbin";
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var started = new Pgbouncer(folder, process, port);
        await started.WaitAsync(server);
        return started;
    }

    /// <summary>The URI of a database through it.</summary>
    public string Through(string uri) =>
        new UriBuilder(uri) { Host = "127.0.0.1", Port = port }.Uri.ToString();

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task WaitAsync(Uri server)
    {
        await using var source = NpgsqlDataSource.Create(
            TestDatabase.ToConnectionString(new Uri(Through(server.ToString()))) + ";Pooling=false"
        );
        while (true)
        {
            Assert.False(
                process.HasExited,
                "pgbouncer did not start; on Debian: apt-get install pgbouncer, and ./test.sh does."
            );
            try
            {
                await using var _ = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }
}
