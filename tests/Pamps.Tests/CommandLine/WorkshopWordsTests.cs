using System.Runtime.Versioning;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

/// <summary>What people type who come from the workshop, and what they bring along.</summary>
public sealed class WorkshopWordsTests
{
    /// <summary>The tables of the workshop's own migrations.</summary>
    private const string Tables = """
        CREATE TABLE "user" (id INTEGER PRIMARY KEY, email VARCHAR NOT NULL, username VARCHAR NOT NULL, avatar VARCHAR,
            bio VARCHAR, password VARCHAR NOT NULL);
        CREATE TABLE post (id INTEGER PRIMARY KEY, text VARCHAR NOT NULL, date TIMESTAMP NOT NULL,
            user_id INTEGER REFERENCES "user" (id), parent_id INTEGER REFERENCES post (id));
        CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY);
        INSERT INTO "user" VALUES (1, 'ana@example.org', 'ana', NULL, NULL, '$2b$12$');
        """;

    [Theory, OnEachDatabase, UnsupportedOSPlatform("windows")]
    public async Task A_database_of_the_workshop_is_named_as_such_and_left_alone(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var connection = await TestDatabase.OpenAsync(workplace.Uri))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Tables;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        if (database == Database.Sqlite)
        {
            // Or the program says that others may read it.
            File.SetUnixFileMode(
                workplace.Uri["sqlite:///".Length..],
                UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
        }
        foreach (
            var arguments in new string[][] { ["serve", "--port", "0"], ["user-list"], ["db", "upgrade"] }
        )
        {
            var line = (await workplace.RunAsync(arguments)).Refused();
            Assert.Contains(
                "has the tables of another program (user, post), such as the workshop's server makes",
                line,
                StringComparison.Ordinal
            );
            Assert.Contains("PAMPS_DB__URI", line, StringComparison.Ordinal);
        }
        await using (var connection = await TestDatabase.OpenAsync(workplace.Uri))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT password FROM \"user\"";
            Assert.Equal("$2b$12$", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        // As the workshop's test.sh does.
        (await workplace.RunAsync("reset-db", "-f")).Succeeded();
        Assert.Equal(
            "The schema is at base.\n",
            (await workplace.RunAsync("db", "stamp", "base")).Succeeded()
        );
        (await workplace.RunAsync("db", "upgrade", "head")).Succeeded();
        Assert.Equal(
            "The schema is at head.\n",
            (await workplace.RunAsync("db", "stamp", "head")).Succeeded()
        );
        Assert.Contains(
            "pamps db downgrade base",
            (await workplace.RunAsync("db", "stamp", "base")).Refused(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("db", "downgrade", "-1", "--force")).Succeeded();
        Assert.Single((await workplace.RunAsync("db", "current")).Output.Split('\n'), x =>
            x.Contains("pending", StringComparison.Ordinal)
        );
        (await workplace.RunAsync("db", "downgrade", "base", "--force")).Succeeded();
        Assert.Empty(await workplace.UsernamesAsync());
    }

    [Fact]
    public async Task Its_files_of_settings_are_warned_of_and_its_options_for_completion_work()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        foreach (var file in new[] { "settings.toml", ".secrets.toml" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(workplace.Folder, file),
                "[default]",
                TestContext.Current.CancellationToken
            );
        }
        await using (var pamps = await workplace.StartAsync("--port", "0"))
        {
            await pamps.ListensAsync();
            var lines = pamps.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.StartsWith("pamps: settings.toml is not read", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("pamps: .secrets.toml is not read", lines[1], StringComparison.Ordinal);
        }

        var script = (await workplace.RunAsync("completion", "pwsh")).Succeeded();
        Assert.Equal(script, (await workplace.RunAsync("--show-completion", "powershell")).Succeeded());
        workplace
            .With("XDG_DATA_HOME", Path.Combine(workplace.Folder, "share"))
            .With("SHELL", "/usr/bin/fish");
        workplace.With("XDG_CONFIG_HOME", Path.Combine(workplace.Folder, "config"));
        (await workplace.RunAsync("--install-completion")).Succeeded();
        Assert.NotEmpty(Directory.GetFiles(workplace.Folder, "pamps.fish", SearchOption.AllDirectories));
    }
}
