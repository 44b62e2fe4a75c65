using Pamps.Core;
using Pamps.Server.Cli;
using Pamps.Server.Cli.Shell;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

[Trait("Needs", "own process")]
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
            var post = (await CreatePost.RunAsync(ana, "from the shell", null, null, null, false, null, ct)).Value;
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

    [Theory, OnEachDatabase]
    public async Task A_query_reads_and_prints_a_table_and_cannot_write(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        (await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();
        (await workplace.RunAsync("create-user", "beto@example.org", "beto", "correct horse")).Succeeded();

        var read = await workplace.RunWithInputAsync(
            "Query(\"SELECT username, bio, posts_count, 1 AS posts_count FROM \\\"user\\\" ORDER BY username\")",
            "shell",
            "-q"
        );
        Assert.Equal(
            "username\tbio\tposts_count\tposts_count_4\nana\t\t0\t1\nbeto\t\t0\t1\n",
            read.Succeeded()
        );
        string[] writes =
        [
            "DELETE FROM \\\"user\\\"",
            "COMMIT; DELETE FROM \\\"user\\\"",
            "SELECT 1; DELETE FROM \\\"user\\\"",
            "DROP TABLE post",
        ];
        // Whatever the script did with what failed before: all in one, so that it starts once.
        var script = string.Concat(
            writes.Select(x => $"try {{ await Query(\"{x}\"); }} catch (Exception) {{ }}\n")
        );
        (await workplace.RunWithInputAsync(script, "shell", "-q")).Succeeded();
        Assert.Equal(["ana", "beto"], await workplace.UsernamesAsync());
        var refused = await workplace.RunWithInputAsync($"Query(\"{writes[0]}\")", "shell", "-q");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("read", refused.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Lines_need_no_semicolons_and_short_ways_show_what_there_is()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        (await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();
        var ran = await workplace.RunWithInputAsync(
            """
            var ana = await User("ana")
            for (var i = 1; i < 4; i++)
            {
                await CreatePost.RunAsync(ana, $"post {i}", null, null, null, false, null, ct);
            }
            Posts("ana", limit: 2)
            Posts().Result.Items.Count
            Search("post").Result.Items.Count + Timeline("ana").Result.Items.Count
            Users()

            help CreateUser
            DeleteUser.RunAsync(me, "nobody", ct);
            Users()
            """,
            "shell",
            "-q"
        );
        var lines = ran.Output.Split('\n');
        Assert.Contains("post 3", lines[0], StringComparison.Ordinal);
        Assert.Contains("post 2", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("next: before: ", lines[2], StringComparison.Ordinal);
        Assert.Equal(["3", "6"], lines[3..5]);
        Assert.Contains("Username = ana", lines[5], StringComparison.Ordinal);
        Assert.StartsWith(
            "CreateUser.RunAsync(Viewer? viewer, NewUser input, ",
            lines[6],
            StringComparison.Ordinal
        );
        Assert.Equal(
            "  >>> await CreateUser.RunAsync(me, new NewUser(\"ana@example.org\", \"ana\", \"a long password\"), null, ct)",
            lines[8]
        );
        // A refusal ends the script, whether its line shows a value or not.
        Assert.Equal(10, lines.Length);
        Assert.Equal((1, "Refused: User not found\n"), (ran.ExitCode, ran.Errors));
    }

    [Theory]
    [InlineData("await CreateU", "CreateUser")]
    [InlineData("createpost.r", "")]
    [InlineData("CreatePost.r", "RunAsync")]
    [InlineData("settings.Db.U", "UpgradeAtStart Uri")]
    [InlineData("ana.User", "Username")]
    [InlineData("an", "ana")]
    [InlineData("nobody.", "")]
    [InlineData("he", "help")]
    public void A_name_that_was_begun_is_completed(string before, string names)
    {
        var completion = new NameCompletion(typeof(ShellGlobals), () => [("ana", typeof(Viewer))]);
        Assert.Equal(names, string.Join(' ', completion.At(before).Names));
    }

    [Theory]
    [InlineData("Uzers()", "`help` lists what is there")]
    [InlineData("CreateUser.RunAsync(me)", "`help NAME` shows what it takes")]
    public async Task An_error_says_what_to_type(string script, string hint)
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var ran = await workplace.RunWithInputAsync(script, "shell", "-q");
        Assert.Contains(hint, ran.Errors, StringComparison.Ordinal);
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
            "(await CreatePost.RunAsync(me, \"\", null, null, null, false, null, ct)).ToString()",
            "shell",
            "-q"
        );
        Assert.Equal("\"Refused: The text is empty.\"\n", ran.Succeeded());
    }
}
