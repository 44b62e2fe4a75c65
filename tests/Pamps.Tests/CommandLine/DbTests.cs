using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class DbTests
{
    [Theory, OnEachDatabase]
    public async Task The_schema_goes_up_and_down_and_says_where_it_stands(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        var empty = await workplace.RunAsync("db", "status");
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("pending", empty.Output, StringComparison.Ordinal);
        var script = (await workplace.RunAsync("db", "script")).Succeeded();
        Assert.Contains("CREATE TABLE", script, StringComparison.Ordinal);

        Assert.StartsWith(
            "Applied migration ",
            (await workplace.RunAsync("db", "upgrade")).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal("The schema is current.\n", (await workplace.RunAsync("db", "upgrade")).Succeeded());
        var current = (await workplace.RunAsync("db", "status")).Succeeded();
        Assert.Contains("applied", current, StringComparison.Ordinal);
        Assert.DoesNotContain("pending", current, StringComparison.Ordinal);
        Assert.Empty((await workplace.RunAsync("db", "script")).Succeeded());

        Assert.Equal(1, (await workplace.RunWithInputAsync("n\n", "db", "downgrade", "0")).ExitCode);
        (await workplace.RunAsync("db", "status")).Succeeded();
        (await workplace.RunWithInputAsync("y\n", "db", "downgrade", "0")).Succeeded();
        Assert.Equal(1, (await workplace.RunAsync("db", "status")).ExitCode);
    }

    [Theory, OnEachDatabase]
    public async Task The_script_of_an_upgrade_is_all_that_a_database_needs(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        var script = (await workplace.RunAsync("db", "script")).Succeeded();
        await using (var connection = await TestDatabase.OpenAsync(workplace.Uri))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        (await workplace.RunAsync("db", "status")).Succeeded();
        await using var made = await workplace.ServeHereAsync(database);
        await using var upgraded = await PampsServer.StartAsync(database);
        Assert.Equal(
            await SchemaText.ReadAsync(upgraded, database),
            await SchemaText.ReadAsync(made, database)
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_migration_that_does_not_exist_is_said_in_one_line(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        var line = (await workplace.RunAsync("db", "downgrade", "Nothing", "--force")).Refused();
        Assert.Contains("Nothing", line, StringComparison.Ordinal);
    }
}
