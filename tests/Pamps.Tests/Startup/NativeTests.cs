using System.Globalization;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Startup;

/// <summary>What only a native file does, or must not do.</summary>
[Trait("Needs", "native file")]
public sealed class NativeTests
{
    [Fact]
    public async Task The_native_file_has_no_shell_and_says_where_there_is_one()
    {
        var line = (await (await Workplace.OnAsync(Database.Sqlite)).RunAsync("shell")).Refused();
        Assert.Contains("The .NET tool has one", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_with_nothing_beside_it_but_SQLite()
    {
        var folder = TestDatabase.NewFolder();
        foreach (var name in new[] { "pamps", "libe_sqlite3.so" })
        {
            File.Copy(
                Path.Combine(Path.GetDirectoryName(TestProgram.Native)!, name),
                Path.Combine(folder, name)
            );
        }
        await using var pamps = await PampsProcess.StartByAsync(
            [Path.Combine(folder, "pamps")],
            folder,
            new Dictionary<string, string> { ["PORT"] = "0" },
            ""
        );
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        foreach (
            var path in new[] { "/", "/docs/index.html", "/redoc/index.html", "/openapi.json", "/post/" }
        )
        {
            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        }
        Assert.Equal(
            ["data", "libe_sqlite3.so", "pamps"],
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Once_it_has_started_it_gives_back_what_only_the_start_has_read()
    {
        await using var pamps = await Workplace.Bare().StartAsync("--port", "0");
        await pamps.ListensAsync();
        var atStart = OfFiles();
        await TestJobs.UntilAsync(() => Task.FromResult(OfFiles() < atStart / 2));

        long OfFiles() =>
            File.ReadLines($"/proc/{pamps.Id}/status")
                .Where(x => x.StartsWith("RssFile:", StringComparison.Ordinal))
                .Select(x =>
                    long.Parse(
                        x.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                        CultureInfo.InvariantCulture
                    )
                )
                .Single();
    }

    [Fact]
    public async Task Without_knowledge_of_Unicode_it_does_not_start_and_says_so()
    {
        var workplace = Workplace.Bare().With("PORT", "0").With("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
        Assert.Contains(
            "without ICU",
            (await workplace.RunAsync("serve")).Refused(),
            StringComparison.Ordinal
        );
    }
}
