using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class ServeTests
{
    [Theory, OnEachDatabase]
    public async Task Serving_says_where_it_listens_and_where_the_data_lies_and_ends_well_when_told_to(
        Database database
    )
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.StartAsync("serve", "--port", "0");
        var address = await pamps.ListensAsync();

        Assert.Contains(
            database == Database.Sqlite
                ? $"Data: SQLite at {workplace.Uri["sqlite:///".Length..]}"
                : $"Data: PostgreSQL database {new Uri(workplace.Uri).AbsolutePath[1..]} at ",
            pamps.Output,
            StringComparison.Ordinal
        );
        Assert.Contains($"{address}docs", pamps.Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var ready = await http.GetAsync(
            new Uri(address, "/health/ready"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        await pamps.SignalAsync("TERM");
        var ran = await pamps.EndAsync();
        ran.Succeeded();
        Assert.Empty(ran.Errors);
        Assert.DoesNotContain("   at ", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_alone_serves_from_its_own_folder_until_it_is_interrupted()
    {
        var workplace = Workplace.Bare().With("PORT", "0");
        await using var pamps = await workplace.StartAsync();
        await pamps.ListensAsync();
        Assert.True(File.Exists(Path.Combine(workplace.Folder, "data", "pamps.db")));

        await pamps.SignalAsync("INT");
        (await pamps.EndAsync()).Succeeded();
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task What_the_program_makes_only_its_owner_may_read()
    {
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var workplace = Workplace.Bare().With("PORT", "0");
        var folder = Path.Combine(workplace.Folder, "data");
        var database = Path.Combine(folder, "pamps.db");
        await using (var pamps = await workplace.StartAsync())
        {
            await pamps.ListensAsync();
            Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.All(Directory.GetFiles(folder), x =>
                Assert.Equal((x, file), (x, File.GetUnixFileMode(x)))
            );
            Assert.Contains(database, Directory.GetFiles(folder));
            await pamps.SignalAsync("TERM");
            Assert.Empty((await pamps.EndAsync()).Errors);
        }

        File.SetUnixFileMode(database, file | UnixFileMode.OtherRead);
        File.SetUnixFileMode(folder, file | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        await using var again = await workplace.StartAsync();
        await again.ListensAsync();
        Assert.Equal(
            $"pamps: {database} may be read by others on this machine; `chmod 600` leaves it to its owner",
            again.Errors.TrimEnd()
        );
    }

    [Fact]
    public async Task Flags_win_over_variables()
    {
        var workplace = (await Workplace.OnAsync(Database.Sqlite))
            .With("HOST", "192.0.2.1")
            .With("PAMPS_HOST", "192.0.2.2")
            .With("PORT", "1")
            .With("PAMPS_PORT", "2");
        var port = Ports.Free();
        await using var pamps = await workplace.StartAsync("--host", "127.0.0.1", "--port", $"{port}");
        Assert.Equal(new Uri($"http://127.0.0.1:{port}/"), await pamps.ListensAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var line = (await workplace.RunAsync("serve", "--port", $"{port}")).Refused();
        Assert.Equal(
            $"pamps: Port {port} on 127.0.0.1 is in use. Choose another with --port or PAMPS_PORT.",
            line
        );
    }

    [Fact]
    public async Task An_address_of_another_machine_is_said_in_one_line()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var line = (await workplace.RunAsync("serve", "--host", "192.0.2.1", "--port", "0")).Refused();
        Assert.StartsWith("pamps: Cannot listen on 192.0.2.1:0: ", line, StringComparison.Ordinal);
    }
}
