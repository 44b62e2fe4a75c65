using System.Text.RegularExpressions;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>
/// Where data is in Testing: apart from all other, whatever is set, so that a test run which resets its database never resets
/// one that people use. What has <c>test</c> in its name already is taken as it is.
/// </summary>
internal static partial class TestData
{
    private const string Sign = "test";

    public static void KeepApart(PampsOptions options)
    {
        if (!IsForTests(Path.GetFileName(Path.TrimEndingDirectorySeparator(options.DataFolder))))
        {
            options.DataFolder = Path.Combine(options.DataFolder, "testing");
        }
        options.Db.Uri = ForTests(options.Db.Uri);
    }

    /// <summary>Of <c>…/pamps</c> it is <c>…/pamps_test</c>, of <c>…/pamps.db</c> <c>…/pamps_test.db</c>.</summary>
    private static string ForTests(string uri) =>
        Name().Match(uri) is { Success: true } match && !IsForTests(match.Groups["name"].Value)
            ? uri.Insert(match.Groups["name"].Index + match.Groups["name"].Length, "_test")
            : uri;

    private static bool IsForTests(string? name) =>
        name?.Contains(Sign, StringComparison.OrdinalIgnoreCase) is true;

    [GeneratedRegex(
        @"^(sqlite[^:]*:///.*?(?<name>[^/?]+?)(\.[^/.?]*)?|postgres[^:]*://.*/(?<name>[^/?]+))(\?.*)?\z"
    )]
    private static partial Regex Name();
}
