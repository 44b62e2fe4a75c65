using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class ShellTests
{
    [Theory, OnEachDatabase]
    public async Task A_piped_script_calls_operations_and_prints_its_last_value(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        (await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();

        var ran = await workplace.RunWithInputAsync(
            """
            var ana = await User("ana");
            var post = (await CreatePost.RunAsync(ana, "from the shell", null, null, null, ct)).Value;
            await LikePost.RunAsync(ana, post.Id, null, ct);
            (await ReadPost.RunAsync(ana, post.Id, ct)).Value.LikesCount + 41
            """,
            "shell",
            "--quiet"
        );

        Assert.Equal("42\n", ran.Succeeded());
        var rows = await workplace.RunWithInputAsync(
            "foreach (var row in await Query(\"SELECT text, likes_count FROM post\")) Console.WriteLine(row[\"text\"]);",
            "shell",
            "-q"
        );
        Assert.Equal("from the shell\n", rows.Succeeded());
    }

    [Fact]
    public async Task The_first_line_names_what_is_imported()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var ran = await workplace.RunWithInputAsync("settings.Db.Uri", "shell");
        var lines = ran.Succeeded().Split('\n');
        Assert.StartsWith("Auto imports: [settings, ", lines[0], StringComparison.Ordinal);
        Assert.Contains("CreatePost", lines[0], StringComparison.Ordinal);
        Assert.Equal($"\"{workplace.Uri}\"", lines[1]);
    }

    [Theory]
    [InlineData("nonsense(", "CS")]
    [InlineData("throw new InvalidOperationException(\"on purpose\");", "on purpose")]
    public async Task A_script_that_fails_says_why_on_standard_error(string script, string reason)
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var ran = await workplace.RunWithInputAsync(script, "shell", "-q");
        Assert.Equal(1, ran.ExitCode);
        Assert.Empty(ran.Output);
        Assert.Contains(reason, ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_value_that_shows_its_sentence()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var ran = await workplace.RunWithInputAsync(
            "(await CreatePost.RunAsync(me, \"\", null, null, null, ct)).ToString()",
            "shell",
            "-q"
        );
        Assert.Equal("\"Refused: The text is empty.\"\n", ran.Succeeded());
    }
}
