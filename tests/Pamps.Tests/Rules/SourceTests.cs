using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed partial class SourceTests
{
    private const int MostLines = 400;

    /// <summary>Files that hold statements or attributes only, and so have no namespace.</summary>
    private static readonly string[] WithoutNamespace = ["Program.cs", "Usings.cs", "InternalsVisibleTo.cs"];

    private static readonly string[] MayAskForPosts =
    [
        "src/Pamps.Core/",
        "src/Pamps.Api/",
        "src/Pamps.Pages/",
        "src/Pamps.Server/",
        "src/Pamps.Http/",
    ];

    /// <summary>Files that read posts without a condition of <c>PostSql</c>, and why they may.</summary>
    private static readonly Dictionary<string, string> SaysItself = new()
    {
        ["src/Pamps.Core/Posts/PostSql.cs"] = "It is who says it.",
        ["src/Pamps.Core/Cards/CardRows.cs"] =
            "It shows nothing: it asks which posts link to a page, and who may see those hears of it.",
        ["src/Pamps.Core/Limits/Quotas.cs"] = "It counts one's own, all of which one may see.",
        ["src/Pamps.Core/Timelines/ReadTimeline.cs"] =
            "Whom one follows one may see, but for what is for some people only; its indexes hold that condition as it stands there.",
        ["src/Pamps.Core/Users/EraseAccount.cs"] =
            "It shows nothing: it hides and takes away what was in an account.",
        ["src/Pamps.Core/Users/ShowPosts.cs"] =
            "It shows nothing itself: it hides what was in an account, and undoes that.",
    };

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

    [Fact]
    public async Task No_folder_of_Core_needs_another_that_needs_it()
    {
        const string core = "src/Pamps.Core/";
        var needs = new Dictionary<string, SortedSet<string>>();
        foreach (var file in await SourcesAsync(core))
        {
            // What lies above the folders puts them together, or is what all of them stand on.
            if (file[core.Length..].Split('/') is not [var folder, _, ..])
            {
                continue;
            }
            var named = CoreFolder().Matches(await Repository.ReadAsync(file)).Select(x => x.Groups[1].Value);
            needs.TryAdd(folder, []);
            needs[folder].UnionWith(named.Where(x => x != folder));
        }
        Assert.NotEmpty(needs["Posts"]);
        // Folders that need none of the rest are taken away until none is left, or only circles and what stands on them.
        while (
            needs.Where(x => !x.Value.Any(needs.ContainsKey)).Select(x => x.Key).ToList()
                is { Count: > 0 } free
        )
        {
            free.ForEach(x => needs.Remove(x));
        }
        Assert.True(
            needs.Count == 0,
            string.Join("; ", needs.Select(x => $"{x.Key} needs {string.Join(", ", x.Value)}"))
        );
    }

    [Fact]
    public async Task Who_sees_a_post_is_said_by_PostSql_wherever_posts_are_read()
    {
        var reads = new HashSet<string>();
        foreach (var folder in MayAskForPosts)
        {
            foreach (var file in await SourcesAsync(folder))
            {
                var source = await Repository.ReadAsync(file);
                if (!ReadOfPosts().IsMatch(source))
                {
                    continue;
                }
                reads.Add(file);
                Assert.True(
                    SaysItself.ContainsKey(file) || ConditionOfPosts().IsMatch(source),
                    $"{file} reads posts without a condition of PostSql"
                );
            }
        }
        Assert.Contains("src/Pamps.Core/Posts/LikePost.cs", reads);
        // What is excused must need it.
        Assert.Empty(SaysItself.Keys.Except(reads));
    }

    [Fact]
    public async Task Whatever_reads_posts_for_somebody_passes_them_through_their_filters()
    {
        var filtered = 0;
        foreach (var file in await SourcesAsync("src/Pamps.Core/"))
        {
            var source = await Repository.ReadAsync(file);
            if (ReadOfPostViews().IsMatch(source) && !ShownToNobodyYet.Contains(Path.GetFileName(file)))
            {
                filtered++;
                Assert.True(
                    source.Contains("FilterPosts", StringComparison.Ordinal),
                    $"{file} reads posts and does not filter them"
                );
            }
        }
        Assert.Equal(6, filtered);
    }

    /// <summary>Reads posts for others to give to each as their filters leave them: FilterEvents.cs.</summary>
    private static readonly string[] ShownToNobodyYet = ["PostSql.cs", "EventLoader.cs"];

    [Theory]
    [InlineData("src/Pamps.Core/")]
    [InlineData("src/Pamps.Operations/")]
    public async Task What_differs_between_the_databases_stands_in_the_Data_projects(string folder)
    {
        foreach (var file in await SourcesAsync(folder))
        {
            var named = Product().Match(await Repository.ReadAsync(file)).Value;
            Assert.True(named.Length == 0, $"{file} names a database product: {named}");
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

    [GeneratedRegex(@"\bPostSql\s*\.(?:Read|Everyone|By|PinnedBy|RepliesTo|LikedBy|Tagged|DirectTo)\b")]
    private static partial Regex ReadOfPostViews();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?Pamps\.Core\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex CoreFolder();

    [GeneratedRegex("""(?<!DELETE )\b(?:FROM|JOIN)\s+post\b|"post [a-z] (?:JOIN|WHERE)\b""")]
    private static partial Regex ReadOfPosts();

    /// <summary>The conditions of who sees a post, and the reads that bring one along.</summary>
    [GeneratedRegex(@"\bPostSql\s*\.(?:Visible|VisibleTo|Listed|IsFound|FoundAmong|FactsAmong|One|Above)\b")]
    private static partial Regex ConditionOfPosts();

    /// <summary>
    /// As code would ask for it, or speak to one of them only; sentences write SQLite and PostgreSQL. A text may have a form for
    /// each, of which a dialect takes its own.
    /// </summary>
    [GeneratedRegex(
        @"\b(?!ToSqlite\b|ToPostgres\b)\w*(?:Sqlite|Postgres|SqlDialect)\w*|\b(?:sqlite|pg)_\w+|\.Product\b"
    )]
    private static partial Regex Product();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex SystemClock();
}
