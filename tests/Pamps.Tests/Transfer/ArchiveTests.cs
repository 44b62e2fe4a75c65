using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Operations.Archives;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Filters;
using Pamps.Tests.Host;

namespace Pamps.Tests.Transfer;

/// <summary><c>pamps export</c> and <c>pamps import</c>.</summary>
public sealed class ArchiveTests
{
    [Theory, FromEachToEach]
    public async Task Accounts_that_are_carried_to_another_server_read_there_as_they_did(
        Database from,
        Database to
    )
    {
        var (source, target) = (await Workplace.OnAsync(from), await Workplace.OnAsync(to));
        string original;
        string filters;
        string bookmarks;
        await using (var pamps = await source.ServeHereAsync(from))
        {
            await Two.MakeAsync(pamps);
            original = await Two.ReadAsync(pamps);
            using var owner = new Client(pamps, "ana", id: 0);
            await owner.SignInAsync();
            await FilterTests.MakeAsync(owner, "x", ["Eleição"], ["home"], "hide", 3600, wholeWord: false);
            filters = await FiltersAsync(owner);
            bookmarks = await Two.BookmarkAsync(owner);
        }
        var (ana, beto) = (await ExportAsync(source, "ana"), await ExportAsync(source, "beto"));

        var imported = await target.RunWithInputAsync(Two.NewPassword + "\n", "import", ana);
        Assert.Contains(
            "into the new account ana: 5 of 5 posts, 1 of 2 likes (1 of posts that are not here), 1 of 2 bookmarks (1 of posts that are not here), 0 of 1 follows (1 of people who are not here)",
            imported.Succeeded(),
            StringComparison.Ordinal
        );
        (await target.RunAsync("db", "verify")).Succeeded();
        (await target.RunAsync("import", beto, Two.NewPassword)).Succeeded();
        // Beto was not there when ana came; now he is.
        Assert.Contains(
            "into ana: 0 of 5 posts, 1 of 2 likes (0 of posts that are not here), 1 of 2 bookmarks (0 of posts that are not here), 1 of 1 follows (0 of",
            (await target.RunAsync("import", ana)).Succeeded(),
            StringComparison.Ordinal
        );

        // As at any time, a name is a mention when somebody has it; later, when the texts are read again.
        (await target.RunAsync("db", "index", "--all")).Succeeded();
        (await target.RunAsync("db", "verify")).Succeeded();
        await using var copy = await target.ServeHereAsync(to);
        Assert.Equal(original, await Two.ReadAsync(copy));
        using var anaThere = new Client(copy, "ana", id: 0);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await anaThere.TrySignInAsync("ana", Client.DefaultPassword)).Status
        );
        await anaThere.SignInAsync(Two.NewPassword);
        Assert.Equal("[]", (await anaThere.GetAsync("/notification/")).Body);
        Assert.Equal(filters, await FiltersAsync(anaThere));
        Assert.Equal(bookmarks, await Two.BookmarksAsync(anaThere));
        Assert.Equal("ana@example.org", (string)(await anaThere.GetAsync("/user/me/"))["email"]!);
        // That accounts were made is news; what was written in them is not.
        Assert.Equal(0, await copy.ScalarAsync<long>("SELECT count(*) FROM event WHERE kind <= 5"));

        foreach (var file in new[] { ana, beto })
        {
            Assert.Contains(
                ": 0 of ",
                (await target.RunAsync("import", file)).Succeeded(),
                StringComparison.Ordinal
            );
        }
        Assert.Equal(original, await Two.ReadAsync(copy));
    }

    /// <summary>What somebody's filters are, but for their ids.</summary>
    private static async Task<string> FiltersAsync(Client client)
    {
        var filter = Assert.Single((await client.GetAsync("/filter/")).Items)!.AsObject();
        filter.Remove("id");
        Assert.Single(filter["keywords"]!.AsArray())!.AsObject().Remove("id");
        return filter.ToJsonString();
    }

    [Theory, OnEachDatabase]
    public async Task An_account_that_was_deleted_comes_back_from_its_archive(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.ServeHereAsync(database);
        await Two.MakeAsync(pamps);
        var file = await ExportAsync(workplace, "ana");
        using var anyone = pamps.Anonymous();
        var before = (await anyone.GetAsync("/post/user/ana/?include_replies=true")).Ids;
        (await workplace.RunAsync("delete-user", "ana", "--force")).Succeeded();

        (await workplace.RunAsync("import", file, Two.NewPassword)).Succeeded();

        Assert.Equal(before, (await anyone.GetAsync("/post/user/ana/?include_replies=true")).Ids);
        var hello = await anyone.GetAsync($"/post/{before[0]}/");
        // Beto's answer had stayed, and belongs to it again. His like and his follow are his to give again.
        Assert.Equal(1, (int)hello["replies_count"]!);
        Assert.Equal(1, (int)hello["likes_count"]!);
        Assert.Equal(0, (int)(await anyone.GetAsync("/user/ana/"))["followers_count"]!);
        (await workplace.RunAsync("db", "verify")).Succeeded();
    }

    [Theory, OnEachDatabase]
    public async Task An_account_whose_avatar_is_refused_here_comes_without_it(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.ServeHereAsync(database);
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();
        await ana.PatchAsync("/user/me/", new { bio = "kept" });
        await pamps.ExecuteAsync("UPDATE \"user\" SET avatar = 'http://router/ana.png'");
        var file = await ExportAsync(workplace, "ana");
        Assert.Contains("http://router/ana.png", TextOf(file, "actor.json"), StringComparison.Ordinal);

        (
            await workplace.RunAsync(
                "import",
                file,
                Two.NewPassword,
                "--as",
                "ana_too",
                "--email",
                "too@example.org"
            )
        ).Succeeded();

        Assert.Equal("kept", (string)(await ana.GetAsync("/user/ana_too/"))["bio"]!);
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>(
                "SELECT count(*) FROM \"user\" WHERE username = 'ana_too' AND avatar IS NULL"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task Posts_whose_ids_are_taken_get_others_and_are_known_again(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.ServeHereAsync(database);
        await Two.MakeAsync(pamps);
        var file = await ExportAsync(workplace, "ana");
        string[] again = ["import", file, Two.NewPassword, "--as", "ana_too", "--email", "too@example.org"];

        Assert.Contains(
            "5 of 5 posts",
            (await workplace.RunAsync(again)).Succeeded(),
            StringComparison.Ordinal
        );

        using var anyone = pamps.Anonymous();
        var all = "/post/user/ana_too/?include_replies=true";
        var copies = await anyone.GetAsync(all);
        var originals = await anyone.GetAsync("/post/user/ana/?include_replies=true");
        Assert.Equal(
            originals.Items.Select(x => (string)x!["date"]!),
            copies.Items.Select(x => (string)x!["date"]!)
        );
        Assert.Empty(originals.Ids.Intersect(copies.Ids));
        // What ana said to herself the copies say to each other; to others she still speaks.
        var parents = copies.Items.Select(x => (long?)x!["parent_id"]).ToList();
        Assert.Equal(copies.Ids[1], parents[2]);
        Assert.Equal((long?)originals.Items[1]!["parent_id"], parents[1]);
        (await workplace.RunAsync("db", "verify")).Succeeded();

        // Even when the ids are free by then.
        (await workplace.RunAsync("delete-user", "ana", "--force")).Succeeded();
        Assert.Contains(
            "0 of 5 posts",
            (await workplace.RunAsync(again)).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal(copies.Ids, (await anyone.GetAsync(all)).Ids);
        (await workplace.RunAsync("db", "verify")).Succeeded();
    }

    [Theory, OnEachDatabase]
    public async Task An_import_that_was_stopped_goes_on_where_it_was(Database database)
    {
        var (source, target) = (await Workplace.OnAsync(database), await Workplace.OnAsync(database));
        string username;
        await using (var pamps = await source.ServeHereAsync(database))
        {
            await Community.MakeAsync(pamps);
            username = await BusiestAsync(pamps);
        }
        var file = await ExportAsync(source, username);
        await using var there = await target.ServeHereAsync(database);
        var import = there.Services.GetRequiredService<ImportAccount>();
        foreach (var (step, done) in new[] { ("posts", 200L), ("likes", 200L) })
        {
            using var stop = new CancellationTokenSource();
            await using var input = File.OpenRead(file);
            using var archive = (
                await import.VerifyAsync(input, null, TestContext.Current.CancellationToken)
            ).Value;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                import.RunAsync(
                    Viewer.Operator,
                    archive,
                    new ImportTarget(null, null, Two.NewPassword),
                    new StopAt(step, stop, done),
                    stop.Token
                )
            );
            (await target.RunAsync("db", "verify")).Succeeded();
        }

        (await target.RunAsync("import", file)).Succeeded();

        Assert.Contains(
            ": 0 of ",
            (await target.RunAsync("import", file)).Succeeded(),
            StringComparison.Ordinal
        );
        (await target.RunAsync("db", "verify")).Succeeded();
        var again = await ExportAsync(target, username);
        Assert.Equal(
            ItemsOf(file, "outbox.json").Select(x => (string)x["object"]!["id"]!),
            ItemsOf(again, "outbox.json").Select(x => (string)x["object"]!["id"]!)
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_name_that_another_person_has_is_not_taken_unasked(Database database)
    {
        var (source, target) = (await Workplace.OnAsync(database), await Workplace.OnAsync(database));
        await using (var pamps = await source.ServeHereAsync(database))
        {
            await Two.MakeAsync(pamps);
        }
        var file = await ExportAsync(source, "ana");
        (await target.RunAsync("create-user", "other@example.org", "ANA", "correct horse")).Succeeded();

        var line = (await target.RunAsync("import", file, Two.NewPassword)).Refused();

        Assert.Contains("--as ana", line, StringComparison.Ordinal);
        (await target.RunAsync("create-user", "ana@example.org", "caio", "correct horse")).Succeeded();
        line = (await target.RunAsync("import", file, Two.NewPassword, "--as", "ana_new")).Refused();
        Assert.Contains("Email already registered", line, StringComparison.Ordinal);
        Assert.Contains("--email", line, StringComparison.Ordinal);
        Assert.Contains(
            "password",
            (await target.RunAsync("import", file, "abc", "--as", "x_new")).Refused(),
            StringComparison.Ordinal
        );
        Assert.Equal(["ANA", "caio"], await target.UsernamesAsync());
        Assert.Contains(
            "into ana: 5 of 5 posts",
            (await target.RunAsync("import", file, "--as", "ana")).Succeeded(),
            StringComparison.Ordinal
        );
        await using var there = await target.ServeHereAsync(database);
        using var ana = new Client(there, "ANA", id: 0);
        await ana.SignInAsync();
        // An account that was here says of itself what it said.
        Assert.Null((string?)(await ana.GetAsync("/user/me/"))["bio"]);
        (await target.RunAsync("db", "verify")).Succeeded();
    }

    [Theory, OnEachDatabase]
    public async Task Who_knows_when_an_account_was_made_does_not_get_into_it(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            await Two.MakeAsync(pamps);
        }
        var own = await ExportAsync(workplace, "ana");
        var forged = Path.Combine(workplace.Folder, "forged.zip");
        await File.WriteAllBytesAsync(
            forged,
            RewrittenZip.Of(
                await File.ReadAllBytesAsync(own, TestContext.Current.CancellationToken),
                "actor.json",
                "ana@example.org",
                "eve@example.org"
            ),
            TestContext.Current.CancellationToken
        );

        Assert.Contains(
            "is not known to be the archive's",
            (await workplace.RunAsync("import", forged)).Refused(),
            StringComparison.Ordinal
        );
        // Nor does who believed to make a new account.
        foreach (var more in new[] { new[] { Two.NewPassword }, ["--email", "new@example.org"] })
        {
            Assert.Contains(
                "give neither an address nor a password",
                (await workplace.RunAsync(["import", forged, "--as", "beto", .. more])).Refused(),
                StringComparison.Ordinal
            );
        }
        Assert.Contains(
            "into ana: 0 of 5 posts",
            (await workplace.RunAsync("import", own, Two.NewPassword)).Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task An_archive_is_for_its_owner_only_and_has_no_secret_in_it()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        await using var pamps = await workplace.ServeHereAsync(Database.Sqlite);
        await Two.MakeAsync(pamps);
        Assert.Contains(
            "User not found",
            (await workplace.RunAsync("export", "nobody")).Refused(),
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(workplace.Folder, "*.zip"));

        var said = (await workplace.RunAsync("export", "ANA")).Succeeded();
        var file = Path.Combine(workplace.Folder, "ana.zip");
        Assert.StartsWith("Exported ana as of ", said, StringComparison.Ordinal);
        Assert.EndsWith($", in {file}.\n", said, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains(
            "--force",
            (await workplace.RunAsync("export", "ana")).Refused(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("export", "ana", file, "--force")).Succeeded();
        await using var connection = await TestDatabase.OpenAsync(workplace.Uri);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT a.password FROM account a JOIN \"user\" u ON u.id = a.user_id WHERE u.username = 'ana'";
        var secret = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        foreach (var name in NamesIn(file))
        {
            var text = TextOf(file, name);
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("password", text, StringComparison.Ordinal);
            Assert.DoesNotContain("beto@example.org", text, StringComparison.Ordinal);
        }
        Assert.Contains(
            "\"email\":\"ana@example.org\"",
            TextOf(file, "actor.json"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["beto"],
            ItemsOf(file, "followers.json").Select(x => ((string)x["actor"]!).Split(':')[^1])
        );
    }

    private static async Task<string> ExportAsync(Workplace workplace, string username)
    {
        var file = Path.Combine(workplace.Folder, $"{username}.archive.zip");
        (await workplace.RunAsync("export", username, file)).Succeeded();
        return file;
    }

    private static Task<string> BusiestAsync(PampsServer pamps) =>
        pamps.ScalarAsync<string>(
            """
            SELECT u.username FROM "user" u
            ORDER BY (SELECT count(*) FROM "like" l WHERE l.user_id = u.id) * u.posts_count DESC LIMIT 1
            """
        );

    private static List<string> NamesIn(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return [.. zip.Entries.Select(x => x.FullName)];
    }

    private static string TextOf(string file, string name)
    {
        using var zip = ZipFile.OpenRead(file);
        using var text = new StreamReader(zip.GetEntry(name)!.Open());
        return text.ReadToEnd();
    }

    private static List<JsonNode> ItemsOf(string file, string name)
    {
        var collection = JsonNode.Parse(TextOf(file, name))!;
        Assert.Equal("OrderedCollection", (string)collection["type"]!);
        var items = collection["orderedItems"]!.AsArray();
        Assert.Equal((int)collection["totalItems"]!, items.Count);
        return [.. items.Select(x => x!)];
    }
}
