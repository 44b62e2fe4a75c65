using System.Globalization;
using System.Net;
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

        long OfFiles() => Memory(pamps, "RssFile:");
    }

    [Fact]
    public async Task Garbage_is_collected_long_before_a_small_machine_is_full_of_it()
    {
        await using var pamps = await Workplace.Bare().StartAsync("--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        // Each request leaves more than 14 kB behind, all of them 170 MB.
        http.DefaultRequestHeaders.Add("X-Padding", new string('x', 7_000));
        await Parallel.ForAsync(
            0,
            12_000,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 4,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (_, cancellationToken) =>
            {
                using var answer = await http.GetAsync("/post/", cancellationToken);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        );
        Assert.InRange(Memory(pamps, "RssAnon:"), 1, 80_000);
    }

    /// <summary>What proc(5) says of the process, in kB.</summary>
    private static long Memory(PampsProcess pamps, string of) =>
        File.ReadLines($"/proc/{pamps.Id}/status")
            .Where(x => x.StartsWith(of, StringComparison.Ordinal))
            .Select(x =>
                long.Parse(
                    x.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture
                )
            )
            .Single();

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
