using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Upgrades;

/// <summary>
/// The version before this one: the commit that the file <c>previous-version</c> names, which is the last one before the
/// newest migration. Built once, into <c>artifacts</c>, and kept there.
/// </summary>
internal static class PreviousVersion
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>The path of its program.</summary>
    public static Task<string> ProgramAsync() => Built.Value;

    private static async Task<string> BuildAsync()
    {
        var commit = (
            await Repository.ReadAsync("tests/Pamps.Faults.Tests/Upgrades/previous-version")
        ).Trim();
        var folder = Repository.PathOf($"artifacts/previous-version/{commit}");
        var program = Path.Combine(folder, "program", "pamps.dll");
        if (File.Exists(program))
        {
            return program;
        }
        var made = $"{folder}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.Combine(made, "source"));
            await Shell.RunAsync(
                "sh",
                "-c",
                "git -C \"$0\" -c safe.directory=\"*\" archive \"$1\" build src '*.props' global.json '.editorconfig' | tar -x -C \"$2/source\"",
                Repository.Root,
                commit,
                made
            );
            await Shell.RunAsync(
                "dotnet",
                "build",
                Path.Combine(made, "source", "src", "Pamps.Server"),
                "-c",
                "Release",
                "-v",
                "quiet",
                "-o",
                Path.Combine(made, "program"),
                "-p:WebClient=false",
                "-p:RunAnalyzers=false",
                "-nodeReuse:false",
                "-p:UseSharedCompilation=false"
            );
            Directory.Delete(Path.Combine(made, "source"), recursive: true);
            if (Directory.Exists(folder))
            {
                // A build that was stopped left it.
                Directory.Delete(folder, recursive: true);
            }
            Directory.Move(made, folder);
            return program;
        }
        finally
        {
            if (Directory.Exists(made))
            {
                Directory.Delete(made, recursive: true);
            }
        }
    }
}
