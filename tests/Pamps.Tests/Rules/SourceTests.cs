using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed partial class SourceTests
{
    private const int MostLines = 400;

    /// <summary>Files that hold statements or attributes only, and so have no namespace.</summary>
    private static readonly string[] WithoutNamespace = ["Program.cs", "Usings.cs", "InternalsVisibleTo.cs"];

    [Fact]
    public async Task No_source_file_is_longer_than_a_person_reads()
    {
        foreach (var file in await SourcesAsync(""))
        {
            var lines = (await Repository.ReadAsync(file)).Split('\n').Length - 1;
            Assert.True(lines <= MostLines, $"{file} has {lines} lines");
        }
    }

    [Fact]
    public async Task Namespaces_follow_folders()
    {
        foreach (var file in await SourcesAsync("src/"))
        {
            if (WithoutNamespace.Contains(Path.GetFileName(file)))
            {
                continue;
            }
            var written = Namespace().Match(await Repository.ReadAsync(file)).Groups[1].Value;
            // The users of the package need one using: its folders are for who reads its source.
            var expected = file.StartsWith("src/Pamps.Auth/", StringComparison.Ordinal)
                ? "Pamps.Auth"
                : Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.');
            Assert.True(written == expected, $"{file} is in the namespace '{written}'");
        }
    }

    [Fact]
    public async Task Time_comes_from_TimeProvider()
    {
        foreach (var file in await SourcesAsync("src/"))
        {
            Assert.False(
                SystemClock().IsMatch(await Repository.ReadAsync(file)),
                $"{file} asks the system's clock"
            );
        }
    }

    private static async Task<IReadOnlyList<string>> SourcesAsync(string folder)
    {
        var sources = (await Repository.FilesAsync())
            .Where(x => x.StartsWith(folder, StringComparison.Ordinal))
            .Where(x => x.EndsWith(".cs", StringComparison.Ordinal))
            .Where(x => !x.Contains("/Migrations/", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sources);
        return sources;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex SystemClock();
}
