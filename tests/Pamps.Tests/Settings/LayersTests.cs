using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Pamps.Core;
using Pamps.Server.Settings;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Settings;

public sealed class LayersTests
{
    [Fact]
    public async Task The_current_folders_file_wins_over_the_program_and_variables_win_over_it()
    {
        var workplace = Workplace.Bare().With("PAMPS_POSTS__MAX_LENGTH", "111");
        await WriteAsync(
            workplace,
            """{ "POSTS": { "MAX_LENGTH": 222 }, "security": { "access_token_expire_minutes": 33 }, "Log": { "Format": "json" } }"""
        );
        await WriteAsync(workplace, """{ "LOG": { "FORMAT": "text" } }""", "appsettings.Production.json");
        var settings = await ReadAsync(workplace);
        Assert.Equal("111", settings["PAMPS_POSTS__MAX_LENGTH"]);
        Assert.Equal("33", settings["PAMPS_SECURITY__ACCESS_TOKEN_EXPIRE_MINUTES"]);
        Assert.Equal("text", settings["PAMPS_LOG__FORMAT"]);
        Assert.Equal("8000", settings["PAMPS_PORT"]);
    }

    [Fact]
    public async Task A_file_that_is_not_JSON_is_named_in_one_line()
    {
        var workplace = Workplace.Bare();
        var file = await WriteAsync(workplace, "{ oops");
        Assert.Contains(file, (await workplace.RunAsync("settings")).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_is_named_by_where_it_stands()
    {
        var workplace = Workplace.Bare();
        var line = (await workplace.RunAsync("serve", "--port", "abc")).Refused();
        Assert.Equal("pamps: --port is 'abc'; it must be a whole number.", line);
        var file = await WriteAsync(workplace, """{ "HTTP": { "MAX_STREAMS": "abc" } }""");
        line = (await workplace.RunAsync("settings")).Refused();
        Assert.Equal($"pamps: HTTP:MAX_STREAMS in {file} is 'abc'; it must be a whole number.", line);
    }

    [Fact]
    public async Task A_file_that_others_may_write_is_not_read_outside_Development()
    {
        var workplace = Workplace.Bare();
        var file = await WriteAsync(workplace, """{ "POSTS": { "MAX_LENGTH": 222 } }""");

        foreach (var others in new[] { "g+w", "o+w" })
        {
            await ChangeAsync("chmod", others, file);
            await RefusesAsync(workplace, file, $"may write it, which `chmod go-w {file}` ends.");
            await ChangeAsync("chmod", "600", file);
            await ChangeAsync("chmod", others, workplace.Folder);
            await RefusesAsync(
                workplace,
                file,
                $"may write its folder, which `chmod go-w {workplace.Folder}`"
            );
            await ChangeAsync("chmod", "700", workplace.Folder);
        }
        Assert.Equal("222", (await ReadAsync(workplace))["PAMPS_POSTS__MAX_LENGTH"]);

        await ChangeAsync("chmod", "o+w", file);
        var atWork = workplace.With("PAMPS_ENV", "development");
        Assert.Equal("222", (await ReadAsync(atWork))["PAMPS_POSTS__MAX_LENGTH"]);
    }

    [Fact]
    public async Task A_file_that_belongs_to_somebody_else_is_not_read_and_one_that_is_named_by_a_link_neither()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        var workplace = Workplace.Bare();
        var elsewhere = Workplace.Bare();
        var file = await WriteAsync(workplace, """{ "POSTS": { "MAX_LENGTH": 222 } }""");
        var link = Path.Combine(elsewhere.Folder, "appsettings.json");
        File.CreateSymbolicLink(link, file);
        Assert.Equal("222", (await ReadAsync(elsewhere))["PAMPS_POSTS__MAX_LENGTH"]);

        await ChangeAsync("chown", "12345", file);

        await RefusesAsync(workplace, file, "it belongs to somebody else (user 12345).");
        await RefusesAsync(elsewhere, link, "it belongs to somebody else (user 12345).");
        await ChangeAsync("chown", "0", file);
        await ChangeAsync("chown", "12345", workplace.Folder);
        await RefusesAsync(workplace, file, "its folder belongs to somebody else (user 12345).");
    }

    [Fact]
    public async Task The_workshops_names_work_and_a_prefixed_name_beats_a_plain_one()
    {
        var settings = await ReadAsync(
            Workplace
                .Bare()
                .With("PAMPS_DB__uri", "sqlite:///workshop.db")
                .With("PAMPS_DB__connect_args", "{}")
                .With("PAMPS_SECURITY__access_token_expire_minutes", "7")
                .With("HOST", "0.0.0.0")
                .With("PAMPS_HOST", "127.0.0.9")
                .With("PORT", "8080")
                .With("PAMPS_PORT", "8081")
                .With("APP_ORIGIN", "https://pamps.example.org")
        );
        Assert.Equal("sqlite:///workshop.db", settings["PAMPS_DB__URI"]);
        Assert.Equal("7", settings["PAMPS_SECURITY__ACCESS_TOKEN_EXPIRE_MINUTES"]);
        Assert.Equal("127.0.0.9", settings["PAMPS_HOST"]);
        Assert.Equal("8081", settings["PAMPS_PORT"]);
        Assert.Equal("https://pamps.example.org", settings["PAMPS_APP_ORIGIN"]);
    }

    [Theory]
    [InlineData("", "Production")]
    [InlineData("production", "Production")]
    [InlineData("Development", "Development")]
    [InlineData("TESTING", "Testing")]
    public async Task The_environment_is_one_of_three_in_any_case(string written, string environment)
    {
        var shown = (await Workplace.Bare().With("PAMPS_ENV", written).RunAsync("settings")).Succeeded();
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Settings ({environment})"),
            shown,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "", "data/testing", "")]
    [InlineData("/srv/pamps", "", "/srv/pamps/testing", "")]
    [InlineData("my-tests/", "", "my-tests/", "")]
    [InlineData("", "sqlite:///pamps.db", "data/testing", "sqlite:///pamps_test.db")]
    [InlineData("", "sqlite:////test/v1.2/data", "data/testing", "sqlite:////test/v1.2/data_test")]
    [InlineData("", "sqlite:///Test.db", "data/testing", "sqlite:///Test.db")]
    [InlineData("", "postgresql://u:p@db:5432/pamps?sslmode=require", "data/testing", "db:5432/pamps_test")]
    [InlineData("", "postgresql+psycopg2://u@test:1/pamps", "data/testing", "test:1/pamps_test")]
    [InlineData("", "postgresql://u@db/pamps_test", "data/testing", "db:5432/pamps_test")]
    public async Task In_testing_no_data_is_touched_that_people_use(
        string folder,
        string uri,
        string usedFolder,
        string usedUri
    )
    {
        var workplace = Workplace.Bare().With("PAMPS_ENV", "testing");
        if (folder.Length > 0)
        {
            workplace.With("PAMPS_DATA_FOLDER", folder);
        }
        var settings = await ReadAsync(uri.Length > 0 ? workplace.With("PAMPS_DB__URI", uri) : workplace);
        Assert.Equal(Path.Combine(workplace.Folder, usedFolder), settings["PAMPS_DATA_FOLDER"]);
        Assert.Contains(usedUri, settings["PAMPS_DB__URI"], StringComparison.Ordinal);
        Assert.Equal("4", settings["PAMPS_SECURITY__PASSWORD_MIN_LENGTH"]);
    }

    [Fact]
    public async Task Variables_and_keys_of_files_that_name_no_setting_are_warned_of()
    {
        var workplace = (await Workplace.OnAsync(Database.Sqlite))
            .With("PAMPS_DB__URL", "sqlite:///typo.db")
            .With("PAMPS_HTTP__PORT", "80")
            .With("PAMPS_DB__connect_args", "{}")
            .With("PAMPS_LOGGING__LOGLEVEL__DEFAULT", "Warning");
        var file = await WriteAsync(
            workplace,
            """
            {
              "$schema": "https://json.schemastore.org/appsettings.json",
              "Posts": { "MaxLength": 9, "max_length": 271 },
              "HTTP": { "TRUSTED_PROXIES": ["10.0.0.1"] },
              "Logging": { "LogLevel": { "Default": "Warning" } }
            }
            """
        );
        string[] unknown =
        [
            "PAMPS_DB__URL",
            "PAMPS_HTTP__PORT",
            $"HTTP:TRUSTED_PROXIES:0 in {file}",
            $"Posts:MaxLength in {file}",
        ];
        var warnings = string.Concat(
            unknown.Select(x => $"pamps: {x} is not a setting of Pamps; `pamps settings` lists them\n")
        );
        await using var pamps = await workplace.StartAsync("--port", "0");
        await pamps.ListensAsync();
        Assert.Equal(warnings, pamps.Errors);

        var shown = await workplace.RunAsync("settings");
        shown.Succeeded();
        Assert.Equal(warnings, shown.Errors);
    }

    [Fact]
    public async Task A_variable_that_is_empty_or_of_Kubernetes_is_as_if_it_were_not_set()
    {
        var workplace = Workplace
            .Bare()
            .With("PORT", "0")
            .With("PAMPS_PORT", "tcp://10.43.0.7:8000")
            .With("PAMPS_PORT_8000_TCP", "tcp://10.43.0.7:8000")
            .With("PAMPS_PORT_8000_TCP_ADDR", "10.43.0.7")
            .With("PAMPS_SERVICE_HOST", "10.43.0.7")
            .With("PAMPS_SERVICE_PORT", "8000")
            .With("PAMPS_SERVICE_PORT_HTTP", "8000")
            .With("PAMPS_DATABASE_PORT", "tcp://10.43.0.8:5432");
        foreach (var setting in SettingsTable.Read().Where(x => x.Variable != "PAMPS_PORT"))
        {
            workplace.With(setting.Variable, "");
        }
        await using var pamps = await workplace.StartAsync();
        await pamps.ListensAsync();
        Assert.Empty(pamps.Errors);
        Assert.True(File.Exists(Path.Combine(workplace.Folder, "data", "pamps.db")));
    }

    [Fact]
    public void Each_section_of_the_options_has_its_settings_in_the_table()
    {
        var sections = typeof(PampsOptions)
            .GetProperties()
            .Where(x => x.PropertyType.Namespace == typeof(PampsOptions).Namespace)
            .Select(x => x.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name);
        Assert.All(sections, x =>
            Assert.Contains(SettingsTable.Read(), y => y.Key.StartsWith(x + ":", StringComparison.Ordinal))
        );
    }

    /// <summary>Writes a file of settings, and makes it and its folder nobody else's, whatever the umask.</summary>
    private static async Task<string> WriteAsync(
        Workplace workplace,
        string settings,
        string name = "appsettings.json"
    )
    {
        var file = Path.Combine(workplace.Folder, name);
        await File.WriteAllTextAsync(file, settings, TestContext.Current.CancellationToken);
        await ChangeAsync("chmod", "600", file);
        await ChangeAsync("chmod", "700", workplace.Folder);
        return file;
    }

    private static async Task RefusesAsync(Workplace workplace, string file, string reason)
    {
        var error = (await workplace.RunAsync("settings")).Refused();
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(string command, string value, string path)
    {
        using var process = Process.Start(command, [value, path]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(Workplace workplace)
    {
        var shown = (await workplace.RunAsync("settings")).Succeeded();
        return shown
            .Split('\n')
            .Select(x => x.Split('│'))
            .Where(x => x.Length > 3)
            .ToDictionary(x => x[1].Trim(), x => x[2].Trim());
    }
}
