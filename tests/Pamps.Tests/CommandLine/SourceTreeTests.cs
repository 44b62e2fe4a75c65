using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

/// <summary><c>dotnet run --project src/Pamps.Server</c>, as README.md says it.</summary>
public sealed class SourceTreeTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task Run_by_dotnet_a_command_works_in_the_callers_folder_for_development_and_says_only_its_own()
    {
        var workplace = Workplace.Bare();

        var created = await RunAsync("create-user", "ana@example.org", "ana", "1234");

        Assert.Equal("created ana user\n", created.Succeeded());
        var file = Path.Combine(workplace.Folder, "data", "pamps.db");
        Assert.True(File.Exists(file));
        Assert.StartsWith(
            $"There are no data yet: the SQLite at {file} is new.\n",
            created.Errors,
            StringComparison.Ordinal
        );

        async Task<Ran> RunAsync(params string[] arguments)
        {
            string[] run = ["dotnet", "run", "--no-build", "--configuration", Configuration, "--project"];
            await using var process = await PampsProcess.StartByAsync(
                [.. run, Repository.PathOf("src/Pamps.Server"), "--"],
                workplace.Folder,
                workplace.Variables,
                input: "",
                arguments
            );
            return await process.EndAsync();
        }
    }
}
