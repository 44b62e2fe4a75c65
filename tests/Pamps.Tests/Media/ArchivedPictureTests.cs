using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetVips;
using Pamps.Core;
using Pamps.Operations;
using Pamps.Operations.Archives;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Transfer;

namespace Pamps.Tests.Media;

/// <summary>Archives of accounts hold pictures, which an import draws anew.</summary>
public sealed class ArchivedPictureTests
{
    private const string Folder = "media/files/";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, FromEachToEach]
    public async Task Pictures_come_along_with_all_that_is_said_of_them(Database from, Database to)
    {
        var (source, target) = (await MediaPlace.OnAsync(from), await MediaPlace.OnAsync(to));
        await using (var pamps = await source.ServeWithMediaAsync(from))
        {
            using var ana = await AnaAsync(pamps);
            var same = Stored.Unlike();
            await PostAsync(
                ana,
                "two",
                [(Pictures.Of("png"), "Four colours", "0.25,-0.5"), (same, null, null)]
            );
            await PostAsync(ana, "", [(same, "The same", null), (Pictures.Moving(3), "It moves", null)]);
        }
        var archive = Path.Combine(source.Folder, "ana.zip");
        Assert.Matches(
            @"2 posts, 0 likes, 0 bookmarks, 0 followed, 0 followers, 3 pictures \([\d.]+ kB\), in",
            (await source.RunAsync("export", "ana", archive)).Succeeded()
        );

        var imported = await target.RunAsync("import", archive, Two.NewPassword);

        Assert.Contains("not here), 4 pictures. The others", imported.Succeeded(), StringComparison.Ordinal);
        Assert.DoesNotContain("left out", imported.Errors, StringComparison.Ordinal);
        (await target.RunAsync("db", "verify")).Succeeded();
        (await target.RunAsync("media", "check")).Succeeded();
        await using var copy = await target.ServeWithMediaAsync(to);
        using var anyone = copy.Anonymous();
        var posts = (await anyone.GetAsync("/post/user/ana/")).Items;
        Assert.Equal(["two", ""], posts.Select(x => (string)x!["text"]!));
        var shown = posts.SelectMany(x => x!["media"]!.AsArray()).Select(x => x!).ToList();
        Assert.Equal(
            ["Four colours", null, "The same", "It moves"],
            shown.Select(x => (string?)x["description"])
        );
        Assert.Equal(["image", "image", "image", "animation"], shown.Select(x => (string)x["kind"]!));
        Assert.Equal("""{"x":0.25,"y":-0.5}""", shown[0]["focus"]!.ToJsonString());
        Pictures.HasQuarters(
            await copy.FileAsync((string)shown[0]["url"]!),
            Pictures.Red,
            Pictures.Green,
            Pictures.Blue,
            Pictures.White
        );
        Assert.Equal((string)shown[1]["url"]!, (string)shown[2]["url"]!);
        using var anaThere = new Client(copy, "ana", id: 0);
        await anaThere.SignInAsync(Two.NewPassword);
        Assert.True((long)(await anaThere.GetAsync("/user/me/"))["media_bytes"]! > 0);

        Assert.Contains(
            ": 0 of 2 posts",
            (await target.RunAsync("import", archive)).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal(4, await copy.ScalarAsync<long>("SELECT count(*) FROM media"));
    }

    [Theory, OnEachDatabase]
    public async Task Of_an_archive_of_before_posts_carry_the_descriptions_of_their_pictures(
        Database database
    )
    {
        var target = await MediaPlace.OnAsync(database);
        var archive = RewrittenZip.Anew(
            await ExportAsync(
                ana => PostAsync(ana, "", [(Pictures.Of("png"), "A gull", null)]),
                ana => PostAsync(ana, "", [(Pictures.Of("png"), null, null)])
            ),
            files =>
            {
                foreach (var name in files.Keys.Where(IsPicture).ToList())
                {
                    files.Remove(name);
                }
                ChangeManifest(files, x =>
                {
                    x["format"] = 1;
                    x.Remove("pictures");
                    x.Remove("picture_bytes");
                    x.Remove("pictures_missing");
                });
            }
        );

        var imported = await ImportAsync(target, archive);

        imported.Succeeded();
        Assert.Contains(": They are not in the archive", imported.Errors, StringComparison.Ordinal);
        await using var copy = await target.ServeWithMediaAsync(database);
        using var anyone = copy.Anonymous();
        var posts = (await anyone.GetAsync("/post/user/ana/")).Items;
        Assert.Equal(["A gull", "🖼"], posts.Select(x => (string)x!["text"]!));
        Assert.All(posts, x => Assert.Empty(x!["media"]!.AsArray()));
    }

    [Theory, OnEachDatabase]
    public async Task What_somebody_else_put_into_an_archive_is_drawn_anew_or_left_out(Database database)
    {
        var target = await MediaPlace.OnAsync(database);
        var archive = await ExportAsync(ana =>
            PostAsync(
                ana,
                "",
                [
                    (Pictures.Of("jpeg", Pictures.Plain(40, 30, Pictures.Red)), "told", null),
                    (Pictures.Of("png"), "no picture", null),
                    (Pictures.Of("webp"), "whole", null),
                ]
            )
        );
        archive = Replace(archive, 0, Pictures.Photo(6));
        archive = Replace(archive, 1, "#!/bin/sh evil"u8.ToArray());

        var imported = await ImportAsync(target, archive);

        Assert.Contains("not here), 2 pictures. The others", imported.Succeeded(), StringComparison.Ordinal);
        Assert.Matches(
            "pamps: 1 pictures were left out, first of post \\d+: This is no picture that is taken here",
            imported.Errors
        );
        await using var copy = await target.ServeWithMediaAsync(database);
        using var anyone = copy.Anonymous();
        var post = Assert.Single((await anyone.GetAsync("/post/user/ana/")).Items)!;
        Assert.Equal(["told", "whole"], post["media"]!.AsArray().Select(x => (string)x!["description"]!));
        var drawn = await copy.FileAsync((string)post["media"]![0]!["url"]!);
        Assert.False(drawn.Holds("SecretCamera") || drawn.Holds("SecretPlace"));
        await copy.CountsAsync();
        Assert.DoesNotContain(target.Files(), x => File.ReadAllBytes(target.FileOf(x)).Holds("evil"));
    }

    [Theory, OnEachDatabase]
    public async Task Pictures_for_which_there_is_no_room_are_left_out(Database database)
    {
        var target = (await MediaPlace.OnAsync(database)).With("PAMPS_MEDIA__QUOTA_MEGABYTES", "1");
        using var noise = Image.Gaussnoise(900, 900, sigma: 80, mean: 128);
        using var large = noise.Bandjoin(noise.Rot90(), noise.Rot180()).Cast(Enums.BandFormat.Uchar);
        using var coloured = large.Copy(interpretation: Enums.Interpretation.Srgb);
        var archive = await ExportAsync(
            ana => PostAsync(ana, "", [(Pictures.Of("png"), "small", null)]),
            ana => PostAsync(ana, "", [(Pictures.Of("png", coloured), "large", null)]),
            ana => PostAsync(ana, "later", [(Stored.Unlike(), null, null)])
        );

        var imported = await ImportAsync(target, archive);

        Assert.Contains(": 3 of 3 posts", imported.Succeeded(), StringComparison.Ordinal);
        Assert.Contains("not here), 1 pictures.", imported.Output, StringComparison.Ordinal);
        Assert.Matches(
            "2 pictures were left out, first of post \\d+: Your pictures take all the room",
            imported.Errors
        );
        await using var copy = await target.ServeWithMediaAsync(database);
        using var anyone = copy.Anonymous();
        var posts = (await anyone.GetAsync("/post/user/ana/")).Items;
        Assert.Equal(["", "large", "later"], posts.Select(x => (string)x!["text"]!));
        await copy.CountsAsync();
    }

    [Fact]
    public async Task An_archive_whose_pictures_are_not_what_is_said_is_refused_and_nothing_changes()
    {
        var whole = await ExportAsync(ana => PostAsync(ana, "", [(Pictures.Of("png"), null, null)]));
        var target = await MediaPlace.OnAsync(Database.Sqlite);
        (await target.RunAsync("db", "upgrade")).Succeeded();
        var other = Folder + Convert.ToHexStringLower(SHA256.HashData("x"u8)) + ".png";
        foreach (
            var (told, change) in new (string, Action<Dictionary<string, byte[]>>)[]
            {
                ("does not belong there", files => files[other] = "x"u8.ToArray()),
                ("does not belong there", files => files["media/x.png"] = "x"u8.ToArray()),
                ("does not belong there", files => files["media/../" + other] = "x"u8.ToArray()),
                ("is not what its name says", files => files[files.Keys.Single(IsPicture)][9] ^= 1),
                ("its pictures are others", files =>
                    ChangeManifest(files, x => x["picture_bytes"] = (long)x["picture_bytes"]! - 1)
                ),
                ("its pictures are others", files =>
                    ChangeManifest(files, x => x["pictures"] = (long)x["pictures"]! + 1)
                ),
                ("does not know", files => ChangeManifest(files, x => x["format"] = 1)),
            }
        )
        {
            var refused = await ImportAsync(target, RewrittenZip.Anew(whole, change));
            Assert.Contains(told, refused.Refused(), StringComparison.Ordinal);
        }
        Assert.Empty(await target.UsernamesAsync());
        Assert.Empty(target.Files());
    }

    [Theory, OnEachDatabase]
    public async Task A_picture_whose_file_is_gone_is_not_in_the_archive(Database database)
    {
        var source = await MediaPlace.OnAsync(database);
        await using var pamps = await source.ServeWithMediaAsync(database);
        using var ana = await AnaAsync(pamps);
        var media = await ana.UploadAsync(Stored.Unlike(), description: "gone");
        await ana.PostAsync("/post/", new { text = "", media_ids = new[] { (long)media["id"]! } });
        File.Delete(source.FileOf(Stored.NameOf(media)));
        var archive = Path.Combine(source.Folder, "ana.zip");

        var exported = await source.RunAsync("export", "ana", archive);

        exported.Succeeded();
        Assert.StartsWith("pamps: 1 pictures are not in it", exported.Errors, StringComparison.Ordinal);
        var target = await MediaPlace.OnAsync(database);
        (await target.RunAsync("import", archive, Two.NewPassword)).Succeeded();
        await using var copy = await target.ServeWithMediaAsync(database);
        using var anyone = copy.Anonymous();
        Assert.Equal(
            "gone",
            (string)Assert.Single((await anyone.GetAsync("/post/user/ana/")).Items)!["text"]!
        );
    }

    [Theory, OnEachDatabase]
    public async Task An_import_that_was_stopped_goes_on_and_two_at_once_give_each_post_its_pictures_once(
        Database database
    )
    {
        var archive = await ExportAsync(
            ana => PostAsync(ana, "", [(Stored.Unlike(), "one", null), (Stored.Unlike(), "two", null)]),
            ana => PostAsync(ana, "", [(Stored.Unlike(), "three", null)])
        );
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await AnaAsync(pamps);
        var import = pamps.Get<ImportAccount>();
        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                RunAsync(new StopAt("pictures", stop, done: 1), stop.Token)
            );
        }
        Assert.Empty((await ana.GetAsync("/post/user/ana/")).Items);

        var both = await Task.WhenAll(RunAsync(null, Ct), RunAsync(null, Ct));

        Assert.Equal(2, both.Sum(x => x.Posts));
        var posts = (await ana.GetAsync("/post/user/ana/")).Items;
        Assert.Equal(
            [
                ["one", "two"],
                ["three"],
            ],
            posts.Select(x => x!["media"]!.AsArray().Select(y => (string)y!["description"]!).ToArray())
        );
        Assert.Equal(
            3,
            await pamps.ScalarAsync<long>("SELECT count(*) FROM media WHERE post_id IS NOT NULL")
        );
        await pamps.CountsAsync();

        async Task<ImportSummary> RunAsync(StopAt? stop, CancellationToken ct)
        {
            using var verified = (await import.VerifyAsync(new MemoryStream(archive), null, Ct)).Value;
            var target = new ImportTarget("ana", null, null);
            return (await import.RunAsync(Viewer.Operator, verified, target, stop, ct)).Value;
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_picture_that_its_owner_makes_the_avatar_meanwhile_is_in_no_post(Database database)
    {
        var archive = await ExportAsync(ana => PostAsync(ana, "look", [(Stored.Unlike(), "me", null)]));
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await AnaAsync(pamps);
        var import = pamps.Get<ImportAccount>();
        using var verified = (await import.VerifyAsync(new MemoryStream(archive), null, Ct)).Value;
        var drawn = new AtPicture(async () =>
        {
            var id = await pamps.ScalarAsync<long>("SELECT id FROM media");
            var edited = await ana.PatchAsync("/user/me/", new { avatar_media_id = id });
            Assert.True(edited.Status == System.Net.HttpStatusCode.OK, edited.Body);
        });

        var imported = await import.RunAsync(
            Viewer.Operator,
            verified,
            new ImportTarget("ana", null, null),
            drawn,
            Ct
        );

        Assert.Equal((1, 0), (imported.Value.Posts, imported.Value.Pictures));
        Assert.NotNull((string?)(await ana.GetAsync("/user/me/"))["avatar"]);
        var post = Assert.Single((await ana.GetAsync("/post/user/ana/")).Items)!;
        Assert.Equal("look", (string)post["text"]!);
        Assert.Empty(post["media"]!.AsArray());
        await pamps.CountsAsync();
    }

    /// <summary>Does something as soon as the first picture is drawn.</summary>
    private sealed class AtPicture(Func<Task> doAsync) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value is { Step: "pictures", Done: 1 })
            {
                Task.Run(doAsync).GetAwaiter().GetResult();
            }
        }
    }

    private static async Task<Client> AnaAsync(PampsServer pamps)
    {
        var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();
        return ana;
    }

    private static async Task PostAsync(
        Client client,
        string text,
        IEnumerable<(byte[] File, string? Description, string? Focus)> pictures
    )
    {
        var ids = new List<long>();
        foreach (var (file, description, focus) in pictures)
        {
            var media = await client.UploadAsync(file, description: description, focus: focus);
            Assert.True(media.Status == System.Net.HttpStatusCode.Created, media.Body);
            ids.Add((long)media["id"]!);
        }
        var post = await client.PostAsync("/post/", new { text, media_ids = ids });
        Assert.True(post.Status == System.Net.HttpStatusCode.Created, post.Body);
    }

    /// <summary>The archive of somebody who wrote these.</summary>
    private static async Task<byte[]> ExportAsync(params Func<Client, Task>[] posts)
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await AnaAsync(pamps);
        foreach (var post in posts)
        {
            await post(ana);
        }
        using var output = new MemoryStream();
        var made = await pamps.Get<ExportAccount>().RunAsync(Viewer.Operator, "ana", output, null, Ct);
        Assert.Equal(0, made.Value.PicturesMissing);
        return output.ToArray();
    }

    private static async Task<Ran> ImportAsync(Workplace target, byte[] archive)
    {
        var file = Path.Combine(target.Folder, "ana.zip");
        await File.WriteAllBytesAsync(file, archive, Ct);
        return await target.RunAsync("import", file, Two.NewPassword);
    }

    private static bool IsPicture(string name) => name.StartsWith(Folder, StringComparison.Ordinal);

    private static void ChangeManifest(Dictionary<string, byte[]> files, Action<JsonObject> change)
    {
        var manifest = JsonNode.Parse(files["manifest.json"])!.AsObject();
        change(manifest);
        files["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    /// <summary>The archive with another file for one of the pictures of the last post, and all else as it must be.</summary>
    private static byte[] Replace(byte[] archive, int place, byte[] by) => RewrittenZip.Anew(archive, files =>
        {
            var outbox = Encoding.UTF8.GetString(files["outbox.json"]);
            var old = outbox.Split("\"/" + Folder)[place + 1].Split('"')[0];
            var name = Convert.ToHexStringLower(SHA256.HashData(by)) + Path.GetExtension(old);
            files["outbox.json"] = Encoding.UTF8.GetBytes(
                outbox.Replace(old, name, StringComparison.Ordinal)
            );
            var bytes = by.Length - files[Folder + old].Length;
            files.Remove(Folder + old);
            files[Folder + name] = by;
            ChangeManifest(files, x => x["picture_bytes"] = (long)x["picture_bytes"]! + bytes);
        });
}
