using System.Globalization;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class HealthCommandTests
{
    [Fact]
    public async Task A_server_is_asked_by_its_settings_or_at_an_address_and_says_why_it_is_not_ready()
    {
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).With("HOST", "0.0.0.0").With("PORT", port);
        await using var pamps = await workplace.StartAsync("serve");
        await pamps.ListensAsync();

        Assert.Equal(
            $"http://127.0.0.1:{port}/ is ready\n",
            (await workplace.RunAsync("health")).Succeeded()
        );
        Assert.Equal(
            $"http://localhost:{port}/ is ready\n",
            (await Workplace.Bare().RunAsync("health", $"http://localhost:{port}")).Succeeded()
        );

        await using (var connection = await TestDatabase.OpenAsync(workplace.Uri))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM \"__EFMigrationsHistory\"";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        Assert.StartsWith(
            $"pamps: http://127.0.0.1:{port}/ is not ready: ",
            (await workplace.RunAsync("health")).Refused(),
            StringComparison.Ordinal
        );

        await pamps.SignalAsync("TERM");
        (await pamps.EndAsync()).Succeeded();
        Assert.StartsWith(
            $"pamps: http://127.0.0.1:{port}/ does not answer: ",
            (await workplace.RunAsync("health")).Refused(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("pamps.example.org")]
    [InlineData("ftp://pamps.example.org")]
    public async Task What_is_no_address_is_refused(string address) =>
        Assert.Equal(
            $"pamps: '{address}' is no address such as https://pamps.example.org.",
            (await Workplace.Bare().RunAsync("health", address)).Refused()
        );
}
