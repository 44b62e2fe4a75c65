using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pamps.Tests.Host;

/// <summary>The codes that docs/problems.md promises.</summary>
internal static partial class ProblemTable
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/problems.md"));

    /// <summary>The code of a problem, with its status; null where it goes with any.</summary>
    public static IReadOnlySet<(int? Status, string Code)> Problems { get; } =
        ProblemRow()
            .Matches(Page)
            .Select(x =>
                (
                    int.TryParse(x.Groups[1].Value, CultureInfo.InvariantCulture, out var status)
                        ? status
                        : (int?)null,
                    x.Groups[2].Value
                )
            )
            .ToHashSet();

    public static IReadOnlySet<string> Fields { get; } =
        FieldRow().Matches(Page).Select(x => x.Groups[1].Value).ToHashSet();

    /// <summary>Checks that a problem's words are in the table, and that its fields agree.</summary>
    public static void Check(int status, JsonNode problem)
    {
        var code = (string)problem["code"]!;
        Assert.True(
            Problems.Contains((status, code)) || Problems.Contains((null, code)),
            $"docs/problems.md has no {status} {code}"
        );
        var codes = Words(problem["codes"]);
        var errors = Words(problem["errors"]);
        Assert.Equal(
            errors.Select(x => (x.Key, x.Value!.AsArray().Count)),
            codes.Select(x => (x.Key, x.Value!.AsArray().Count))
        );
        Assert.Subset(
            Fields.ToHashSet(),
            codes.SelectMany(x => x.Value!.AsArray()).Select(x => (string)x!).ToHashSet()
        );
        Assert.Subset(
            errors.Select(x => x.Key).ToHashSet(),
            Words(problem["limits"]).Select(x => x.Key).ToHashSet()
        );
    }

    private static JsonObject Words(JsonNode? fields) => fields?.AsObject() ?? [];

    [GeneratedRegex(@"^\| (\d+|other) \| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex ProblemRow();

    [GeneratedRegex(@"^\| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FieldRow();
}
