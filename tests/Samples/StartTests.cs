using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Samples.Tests;

/// <summary>The program itself, in an empty folder.</summary>
public sealed partial class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("samples-start-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_with_nothing_set()
    {
        using var program = Start([], ("PORT", "0"));
        try
        {
            using var http = new HttpClient();
            var answer = await http.GetAsync(await ListenAsync(program) + "/openapi.json", Stop);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Single(Directory.GetFiles(folder, "*.db"));
            Assert.True(File.Exists(Path.Combine(folder, "secret.key")));
        }
        finally
        {
            program.Kill();
        }
    }

    [Fact]
    public async Task It_reads_its_settings_from_a_file_and_the_environment_wins()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, ".env"),
            "# Settings\nPORT=99999\nDATABASE_URL='sqlite:///other.db'\n",
            Stop
        );
        using var program = Start([], ("PORT", "0"));
        try
        {
            await ListenAsync(program);
            Assert.True(File.Exists(Path.Combine(folder, "other.db")));
        }
        finally
        {
            program.Kill();
        }
    }

    [Fact]
    public async Task The_tour_of_its_README_runs_line_by_line()
    {
        using var program = Start([], ("PORT", "0"));
        try
        {
            var tour = Tour().Match(await File.ReadAllTextAsync(Readme(), Stop)).Groups[1].Value;
            var requests = Request().Matches(tour);
            // Each says its status, but the one in $( ) whose answer is read for its token.
            var script = tour.Replace(
                "\ncurl -s",
                "\ncurl -s -w '\\n%{http_code}\\n'",
                StringComparison.Ordinal
            );
            var address = new Uri((await ListenAsync(program))!).Authority;

            using var bash = Process.Start(
                new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", Address().Replace(script, address)])
                {
                    RedirectStandardOutput = true,
                }
            )!;
            var output = await bash.StandardOutput.ReadToEndAsync(Stop);
            await bash.WaitForExitAsync(Stop);

            Assert.Equal(0, bash.ExitCode);
            // A comment such as # 409: says what is refused; the rest succeeds.
            Assert.Equal(
                requests.Select(x => x.Groups[1].Success ? x.Groups[1].Value[..1] : "2"),
                Status().Matches(output).Select(x => x.Groups[1].Value)
            );
        }
        finally
        {
            program.Kill();
        }
    }

    [Fact]
    public async Task A_file_of_settings_that_is_wrong_stops_it_with_one_line_that_hides_what_stands_there()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, ".env"), "PORT=0\nmy secret\n", Stop);
        using var program = Start([]);
        Assert.Equal("Line 2 of .env is not NAME=value.", await RefusalAsync(program));
    }

    [Fact]
    public async Task A_port_in_use_stops_it_with_one_line_that_names_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";
        using var program = Start([], ("PORT", port));
        Assert.Contains(port, await RefusalAsync(program), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--help")]
    [InlineData("--prot=12345")]
    [InlineData("--prot", "12345")]
    [InlineData("--PORT")]
    public async Task An_unknown_argument_stops_it_with_one_line_that_names_it(params string[] arguments)
    {
        using var program = Start(arguments, ("PORT", "0"));
        var line = await RefusalAsync(program);
        Assert.StartsWith($"Unknown argument {arguments[0].Split('=')[0]};", line, StringComparison.Ordinal);
        // It may be a secret.
        Assert.DoesNotContain("12345", line, StringComparison.Ordinal);
    }

    // The last is what `dotnet ef` says.
    [Theory]
    [InlineData("--PORT=0")]
    [InlineData("--port", "0")]
    [InlineData("--applicationName", "it", "--PORT=0")]
    public async Task A_setting_may_stand_on_the_command_line(params string[] arguments)
    {
        using var program = Start(arguments, ("PORT", "99999"));
        try
        {
            Assert.StartsWith("http://127.0.0.1:", await ListenAsync(program), StringComparison.Ordinal);
        }
        finally
        {
            program.Kill();
        }
    }

    [Theory]
    [InlineData("SECRET_KEY", "short", "SECRET_KEY")]
    [InlineData("HOST", "nowhere", "HOST")]
    [InlineData("PORT", "99999", "PORT")]
    [InlineData("DATABASE_URL", "mysql://root@localhost/it", "DATABASE_URL")]
    [InlineData("DATABASE_URL", "sqlite:////nowhere/it.db", "database file")]
    public async Task A_setting_that_is_wrong_stops_it_with_one_line_that_names_it(
        string name,
        string value,
        string naming
    )
    {
        using var program = Start([], (name, value));
        Assert.Contains(naming, await RefusalAsync(program), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Readme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pamps.slnx")))
        {
            folder = folder.Parent!;
        }
        return Path.Combine(
            folder.FullName,
            "samples",
            typeof(Program).Assembly.GetName().Name!,
            "README.md"
        );
    }

    /// <summary>Where the program listens, once it does; null when it ends before.</summary>
    private static async Task<string?> ListenAsync(Process program)
    {
        const string words = "Now listening on: ";
        while (await program.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return line.Split(words)[1];
            }
        }
        return null;
    }

    /// <summary>The one line with which the program ends, saying nothing else.</summary>
    private static async Task<string> RefusalAsync(Process program)
    {
        var errors = program.StandardError.ReadToEndAsync(Stop);
        var output = await program.StandardOutput.ReadLineAsync(Stop);
        if (output is not null)
        {
            program.Kill();
        }
        Assert.Null(output);
        await program.WaitForExitAsync(Stop);
        Assert.Equal(1, program.ExitCode);
        return Assert.Single((await errors).TrimEnd().Split('\n'));
    }

    private Process Start(string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    [GeneratedRegex("## The tour.*?```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Tour();

    [GeneratedRegex(@"^curl .*?(?:# (\d{3}):.*)?$", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex(@"localhost:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(\d)\d\d$", RegexOptions.Multiline)]
    private static partial Regex Status();
}
