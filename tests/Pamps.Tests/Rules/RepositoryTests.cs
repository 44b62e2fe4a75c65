using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed partial class RepositoryTests
{
    private const int MostBytes = 1_000_000;

    [Fact]
    public async Task The_licence_is_there_and_is_the_one_that_packages_name()
    {
        var properties = XDocument.Parse(await Repository.ReadAsync("Directory.Build.props"));
        Assert.Equal("MIT", properties.Descendants("PackageLicenseExpression").Single().Value);
        Assert.StartsWith("MIT License", await Repository.ReadAsync("LICENSE"), StringComparison.Ordinal);
    }

    [Theory, UnsupportedOSPlatform("windows")]
    [InlineData(".ci/run")]
    [InlineData("test.sh")]
    public Task What_is_run_can_be_run(string file)
    {
        const UnixFileMode all =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Assert.Equal(all, File.GetUnixFileMode(Repository.PathOf(file)) & all);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("/somewhere")]
    [InlineData("/somewhere/")]
    public async Task Migrations_find_their_package_wherever_packages_lie(string folder)
    {
        string[] arguments = ["msbuild", "-p:NuGetPackageRoot=" + folder, "-getItem:Reference"];
        using var msbuild = Process.Start(
            new ProcessStartInfo("dotnet", [.. arguments, Repository.PathOf("src/Pamps.Schema")])
            {
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Contains(
            "\"/somewhere/microsoft.entityframeworkcore.design/",
            await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_container_gets_data_and_each_has_the_program_on_its_path()
    {
        var ignored = (await Repository.ReadAsync(".dockerignore")).Split('\n');
        Assert.Contains("**/data", ignored);
        Assert.Contains("**/*.pamps", ignored);
        Assert.Contains("ENV PATH=/app:", await Repository.ReadAsync("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_text_names_a_path_of_somebodys_machine_or_where_somebody_gets_packages()
    {
        foreach (var file in await Repository.FilesAsync())
        {
            if (new FileInfo(Repository.PathOf(file)).Length > MostBytes)
            {
                continue;
            }
            var text = await Repository.ReadAsync(file);
            var path = HomePath().Match(text);
            Assert.False(path.Success, $"{file} names {path.Value}");
            var host = LockedHost().Match(text);
            Assert.False(host.Success, $"{file} gets packages from {host.Value}");
        }
    }

    [Fact]
    public async Task No_compose_file_has_a_secret_of_its_own_or_gives_Pamps_the_databases_superuser()
    {
        var files = (await Repository.FilesAsync())
            .Where(x => Path.GetFileName(x).StartsWith("compose.", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            var text = await Repository.ReadAsync(file);
            var secret = OwnSecret().Match(text);
            Assert.False(secret.Success, $"{file} has {secret.Value}");
            Assert.DoesNotContain("POSTGRES_USER", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Under a person's home; <c>/home/app</c> is that of the container's own user.</summary>
    [GeneratedRegex(@"(?<![\w.])(/home/(?!app\b)|/root/|/Users/|[A-Z]:\\Users\\)\w+")]
    private static partial Regex HomePath();

    /// <summary>A password or key, alone or in a URI, that is no variable with a word for who has not set it.</summary>
    [GeneratedRegex(
        @"(password|secret\w*): (?!\$\{\w+:\?)\S+|://\w+:(?!\$\{\w+:\?)[^@\s]+@",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OwnSecret();

    [GeneratedRegex("""(?<="resolved": ")https?://[^/"]+""")]
    private static partial Regex LockedHost();
}
