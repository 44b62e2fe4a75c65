using System.Net;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

/// <summary>The words by which programs know problems.</summary>
public sealed class ProblemCodeTests
{
    /// <summary>Where in the source a code stands. Problems that are met are looked up besides, by every test that meets one.</summary>
    private static readonly string[] Places =
    [
        @"ErrorKind\.\w+,\s*""([a-z_]+)""",
        @"Error\.Invalid\(\s*[^,()]+,\s*""([a-z_]+)""",
        @"new(?: FieldError| FieldProblem)?\(\s*""([a-z_]+)"",\s*(?:\$?""|string\.)",
        @"Refuse\(\s*\$?""[^""]*"",\s*""([a-z_]+)""",
        @"ProblemResult\([^,;]+,\s*""([a-z_]+)""",
        @"\[StatusCodes\.\w+\] = \(\s*""([a-z_]+)""",
        @"(?:AnswerUnavailableAsync|Unauthorized|Challenge|Forbidden|TooMany|TooFast|Problem)\((?:[^""();]*,)?\s*""([a-z_]+)""",
        @"string code = ""([a-z_]+)""",
        @"words\.Code : ""([a-z_]+)""",
    ];

    [Fact]
    public async Task The_table_of_codes_has_those_of_the_source_and_no_others()
    {
        string[] doors = ["src/Pamps.Core/", "src/Pamps.Auth/", "src/Pamps.Http/", "src/Pamps.Api/"];
        // The command line alone opens this, and prints sentences.
        const string unseen = "src/Pamps.Core/Jobs/ManageJobs.cs";
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (
            var file in (await Repository.FilesAsync()).Where(x =>
                doors.Any(y => x.StartsWith(y, StringComparison.Ordinal))
                && x.EndsWith(".cs", StringComparison.Ordinal)
                && x != unseen
            )
        )
        {
            var source = await Repository.ReadAsync(file);
            found.UnionWith(Places.SelectMany(x => Regex.Matches(source, x)).Select(x => x.Groups[1].Value));
        }
        var table = ProblemTable.Problems.Select(x => x.Code).Concat(ProblemTable.Fields).ToHashSet();
        Assert.Equal(table.Order(StringComparer.Ordinal), found);
    }

    [Theory, OnEachDatabase]
    public async Task A_problem_says_in_words_for_programs_what_its_sentence_says(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();

        var wrong = await anyone.PostAsync(
            "/user/",
            new
            {
                email = "no address",
                username = "me",
                password = "short",
                bio = new string('a', 501),
            }
        );
        wrong.Refused(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("invalid", (string)wrong["code"]!);
        Assert.Equal("not_an_email", (string)wrong["codes"]!["email"]![0]!);
        Assert.Equal("reserved", (string)wrong["codes"]!["username"]![0]!);
        Assert.Equal("wrong_length", (string)wrong["codes"]!["password"]![0]!);
        Assert.Equal("too_long", (string)wrong["codes"]!["bio"]![0]!);
        Assert.Equal("""{"least":8,"most":256}""", wrong["limits"]!["password"]!.ToJsonString());
        Assert.Equal("""{"most":500}""", wrong["limits"]!["bio"]!.ToJsonString());
        Assert.Null(wrong["limits"]!["username"]);

        Assert.Equal(
            "unknown_word",
            (string)(await anyone.GetAsync("/search/?q=a&order=worst"))["codes"]!["order"]![0]!
        );
        Assert.Equal(
            "unknown_word",
            (string)(await anyone.GetAsync("/post/?order=best"))["codes"]!["order"]![0]!
        );
        await AssertCodeAsync(
            "user_not_found",
            HttpStatusCode.NotFound,
            anyone.GetAsync("/user/nobody_at_all/")
        );
        await AssertCodeAsync("not_found", HttpStatusCode.NotFound, anyone.GetAsync("/no/such/path"));
        await AssertCodeAsync(
            "method_not_allowed",
            HttpStatusCode.MethodNotAllowed,
            anyone.DeleteAsync("/config/")
        );
        await AssertCodeAsync("not_authenticated", HttpStatusCode.Unauthorized, anyone.GetAsync("/user/me/"));
        await AssertCodeAsync(
            "wrong_media_type",
            HttpStatusCode.UnsupportedMediaType,
            anyone.PostAsync("/user/", new StringContent("ana"))
        );
        await AssertCodeAsync(
            "incorrect_credentials",
            HttpStatusCode.Unauthorized,
            anyone.TrySignInAsync("nobody_at_all", "long enough")
        );
    }

    private static async Task AssertCodeAsync(string code, HttpStatusCode status, Task<Answer> asked)
    {
        var answer = await asked;
        answer.Refused(status);
        Assert.Equal(code, (string)answer["code"]!);
    }
}
