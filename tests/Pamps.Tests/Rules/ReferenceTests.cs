using System.Xml.Linq;
using Pamps.Core;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed class ReferenceTests
{
    /// <summary>Which project may see which. A line here is a decision; see docs/architecture.md.</summary>
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["src/Pamps.Api"] = ["Pamps.Auth", "Pamps.Core", "Pamps.Http"],
        ["src/Pamps.Auth"] = [],
        ["src/Pamps.Auth.EntityFrameworkCore"] = ["Pamps.Auth"],
        ["src/Pamps.Core"] = [],
        ["src/Pamps.Data.Postgres"] = ["Pamps.Core"],
        ["src/Pamps.Data.Sqlite"] = ["Pamps.Core"],
        ["src/Pamps.Http"] = ["Pamps.Auth", "Pamps.Core"],
        ["src/Pamps.Mail"] = ["Pamps.Core"],
        ["src/Pamps.Media"] = ["Pamps.Core"],
        ["src/Pamps.Media.S3"] = ["Pamps.Core"],
        ["src/Pamps.Operations"] = ["Pamps.Core"],
        ["src/Pamps.Outgoing"] = ["Pamps.Core"],
        ["src/Pamps.Pages"] = ["Pamps.Core", "Pamps.Http"],
        // Only at design time: nothing references it but its tests.
        ["src/Pamps.Schema"] = [],
        ["src/Pamps.Server"] =
        [
            "Pamps.Api",
            "Pamps.Auth",
            "Pamps.Core",
            "Pamps.Data.Postgres",
            "Pamps.Data.Sqlite",
            "Pamps.Http",
            "Pamps.Mail",
            "Pamps.Media",
            "Pamps.Media.S3",
            "Pamps.Operations",
            "Pamps.Outgoing",
            "Pamps.Pages",
        ],
        ["tests/Blog.Tests"] = ["Blog", "Pamps.Auth"],
        ["tests/Orders.Tests"] = ["Orders", "Pamps.Auth"],
        ["tests/Pamps.Auth.EntityFrameworkCore.Tests"] = ["Pamps.Auth", "Pamps.Auth.EntityFrameworkCore"],
        ["tests/Pamps.Auth.Tests"] = ["Pamps.Auth"],
        ["tests/Pamps.Faults.Tests"] =
        [
            "Pamps.Api",
            "Pamps.Auth",
            "Pamps.Core",
            "Pamps.Data.Postgres",
            "Pamps.Data.Sqlite",
            "Pamps.Http",
            "Pamps.Mail",
            "Pamps.Media",
            "Pamps.Media.S3",
            "Pamps.Operations",
            "Pamps.Outgoing",
            "Pamps.Pages",
            "Pamps.Server",
        ],
        ["tests/Pamps.Schema.Tests"] =
        [
            "Pamps.Core",
            "Pamps.Data.Postgres",
            "Pamps.Data.Sqlite",
            "Pamps.Schema",
        ],
        ["tests/Pamps.Tests"] =
        [
            "Pamps.Api",
            "Pamps.Auth",
            "Pamps.Core",
            "Pamps.Data.Postgres",
            "Pamps.Data.Sqlite",
            "Pamps.Http",
            "Pamps.Mail",
            "Pamps.Media",
            "Pamps.Media.S3",
            "Pamps.Operations",
            "Pamps.Outgoing",
            "Pamps.Pages",
            "Pamps.Server",
        ],
    };

    [Fact]
    public async Task Projects_reference_what_the_table_says_and_nothing_else()
    {
        var projects = (await Repository.FilesAsync()).Where(x =>
            x.EndsWith(".csproj", StringComparison.Ordinal) && x.Split('/')[0] is "src" or "tests"
        );
        var found = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var project in projects)
        {
            found[Path.GetDirectoryName(project)!] = await ReadAsync(project, "ProjectReference");
        }
        Assert.Equal(Describe(Table), Describe(found));
    }

    [Fact]
    public async Task A_project_sees_only_what_it_names()
    {
        var properties = XDocument.Parse(await Repository.ReadAsync("Directory.Build.props"));
        var value = properties.Descendants("DisableTransitiveProjectReferences").Single().Value;
        Assert.Equal("true", value);
    }

    [Fact]
    public async Task Core_knows_no_HTTP_and_no_database_product()
    {
        const string project = "src/Pamps.Core/Pamps.Core.csproj";
        var sdk = XDocument.Parse(await Repository.ReadAsync(project)).Root!.Attribute("Sdk")!.Value;
        Assert.Equal("Microsoft.NET.Sdk", sdk);
        Assert.Empty(await ReadAsync(project, "FrameworkReference"));
        string[] foreign =
        [
            "Microsoft.AspNetCore",
            "System.Net.Http",
            "Npgsql",
            "Microsoft.Data.Sqlite",
            "SQLite",
            "NetVips",
            "MailKit",
            "MimeKit",
            "AWSSDK",
            "AngleSharp",
        ];
        Assert.All(typeof(Viewer).Assembly.GetReferencedAssemblies(), x =>
            Assert.DoesNotContain(foreign, y => x.Name!.StartsWith(y, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_command_line_knows_no_door_of_HTTP()
    {
        var files = (await Repository.FilesAsync()).Where(x =>
            x.StartsWith("src/Pamps.Server/Cli/", StringComparison.Ordinal)
            || x.StartsWith("src/Pamps.Server/Settings/", StringComparison.Ordinal)
        );
        foreach (var file in files)
        {
            var source = await Repository.ReadAsync(file);
            Assert.DoesNotContain("using Pamps.Api", source, StringComparison.Ordinal);
            Assert.DoesNotContain("using Pamps.Pages", source, StringComparison.Ordinal);
        }
    }

    private static async Task<string[]> ReadAsync(string project, string item) =>
        [
            .. XDocument
                .Parse(await Repository.ReadAsync(project))
                .Descendants(item)
                .Select(x => Path.GetFileNameWithoutExtension(x.Attribute("Include")!.Value))
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Describe(IDictionary<string, string[]> table) =>
        table.Select(x => $"{x.Key}: {string.Join(", ", x.Value)}");
}
