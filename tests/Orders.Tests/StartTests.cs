using System.Diagnostics;

namespace Orders.Tests;

/// <summary>The program itself, in an empty folder.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orders-start-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_with_nothing_set()
    {
        using var program = Start(("PORT", "0"));
        try
        {
            var line = "";
            while (line is not null && !line.Contains("Now listening on: ", StringComparison.Ordinal))
            {
                line = await program.StandardOutput.ReadLineAsync(Stop);
            }
            using var http = new HttpClient();
            var answer = await http.GetAsync(line!.Split("on: ")[1] + "/orders/", Stop);
            Assert.Equal(401, (int)answer.StatusCode);
            Assert.True(File.Exists(Path.Combine(folder, "orders.db")));
            Assert.True(File.Exists(Path.Combine(folder, "secret.key")));
        }
        finally
        {
            program.Kill();
        }
    }

    [Theory]
    [InlineData("SECRET_KEY", "short")]
    [InlineData("HOST", "nowhere")]
    [InlineData("PORT", "99999")]
    [InlineData("DATABASE_URL", "mysql://root@localhost/orders")]
    public async Task A_setting_that_is_wrong_stops_it_with_one_line_that_names_it(string name, string value)
    {
        using var program = Start((name, value));
        var said = await program.StandardError.ReadToEndAsync(Stop);
        await program.WaitForExitAsync(Stop);
        Assert.Equal(1, program.ExitCode);
        Assert.Contains(name, Assert.Single(said.Trim().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Process Start(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
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
}
