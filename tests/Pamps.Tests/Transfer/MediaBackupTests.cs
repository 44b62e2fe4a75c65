using System.Formats.Tar;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Operations;
using Pamps.Operations.Transfer;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;

namespace Pamps.Tests.Transfer;

/// <summary>Backups hold the files of pictures.</summary>
public sealed class MediaBackupTests
{
    private const string Tar = "media.tar";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, FromEachToEach, UnsupportedOSPlatform("windows")]
    public async Task Pictures_come_back_from_a_backup(Database from, Database to)
    {
        var (source, target) = (await MediaPlace.OnAsync(from), await MediaPlace.OnAsync(to));
        string url;
        byte[] picture;
        await using (var pamps = await source.ServeWithMediaAsync(from))
        {
            using var ana = await pamps.RegisterAsync("ana");
            var media = await ana.UploadAsync(Stored.Unlike(), description: "Four colours");
            await ana.PostAsync("/post/", new { text = "", media_ids = new[] { (long)media["id"]! } });
            await ana.PictureAsync(Stored.Unlike());
            url = (string)media["url"]!;
            picture = await pamps.FileAsync(url);
        }
        var file = Path.Combine(source.Folder, "night.pamps");
        Assert.Matches(
            @"Backed up \d+ rows \([\d.]+ kB\) and 4 files of pictures \([\d.]+ kB\) as of",
            (await source.RunAsync("backup", file)).Succeeded()
        );
        Assert.Matches(
            @"Whole: .*, with \d+ rows \([\d.]+ kB\) and 4 files of pictures",
            (await source.RunAsync("backup", file, "--verify")).Succeeded()
        );

        var restored = await target.RunAsync("restore", file);

        Assert.Contains(
            $", and 4 files of pictures into {target.MediaFolder()}.",
            restored.Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Empty(restored.Errors);
        Assert.Equal(source.Files(), target.Files());
        Assert.All(target.Files(), x =>
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(target.FileOf(x))
            )
        );
        (await target.RunAsync("media", "check")).Succeeded();
        await using var copy = await target.ServeWithMediaAsync(to);
        using var anyone = copy.Anonymous();
        var post = Assert.Single((await anyone.GetAsync("/post/")).Items)!;
        Assert.Equal("Four colours", (string)post["media"]![0]!["description"]!);
        Assert.Equal(picture, await copy.FileAsync(url));
    }

    [Fact]
    public async Task Any_program_for_tar_unpacks_the_pictures()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        await ana.PictureAsync(Stored.Unlike());
        await ana.PictureAsync(Stored.Unlike());
        var files = RewrittenZip.Read(await WriteAsync(pamps));

        using var tar = new TarReader(new MemoryStream(files[Tar]));
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(copyData: true, Ct) is { } entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content, Ct);
            var path = Path.Combine(pamps.Options.DataFolder, entry.Name);
            Assert.Equal(await File.ReadAllBytesAsync(path, Ct), content.ToArray());
            names.Add(entry.Name);
        }
        Assert.Equal(4, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Theory, OnEachDatabase]
    public async Task A_backup_without_pictures_says_so_and_is_restored_as_those_of_before(Database database)
    {
        var (source, target) = (await MediaPlace.OnAsync(database), await MediaPlace.OnAsync(database));
        await using (var pamps = await source.ServeWithMediaAsync(database))
        {
            using var ana = await pamps.RegisterAsync();
            await ana.PictureAsync();
        }
        var file = Path.Combine(source.Folder, "rows.pamps");

        var written = await source.RunAsync("backup", file, "--without-media");
        var restored = await target.RunAsync("restore", file);

        written.Succeeded();
        Assert.Equal(
            "pamps: 2 files of pictures are not in it; keep the folder `media`, too\n",
            written.Errors
        );
        // As a version that knows no pictures wrote it.
        var manifest = JsonNode.Parse(
            RewrittenZip.Read(await File.ReadAllBytesAsync(file, Ct))["manifest.json"]
        )!;
        Assert.Equal(1, (int)manifest["format"]!);
        Assert.False(manifest.AsObject().ContainsKey("media"));
        restored.Succeeded();
        Assert.Equal(
            $"pamps: 2 files of pictures are not in {target.MediaFolder()}; `pamps media check` names them\n",
            restored.Errors
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_is_deleted_while_a_backup_is_written_is_told_where_the_backup_needs_it(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Without);
        using var ana = await pamps.RegisterAsync();
        var gone = await ana.UploadAsync(Stored.Unlike());
        var damaged = await ana.UploadAsync(Stored.Unlike());
        await ana.PictureAsync(Stored.Unlike());
        // Its file is about to go, and no row that is backed up needs it.
        await ana.DeleteAsync($"/media/{await ana.PictureAsync(Stored.Unlike())}/");
        await File.AppendAllTextAsync(pamps.PathOf(Stored.NameOf(damaged)), "x", Ct);

        var backup = await WriteAsync(
            pamps,
            new Once("pictures", () => File.Delete(pamps.PathOf(Stored.NameOf(gone))))
        );

        using var verified = (await BackupFile.VerifyAsync(new MemoryStream(backup), null, Ct)).Value;
        Assert.Equal((4, 2), (verified.Manifest.Media!.Files, verified.Manifest.Media.Missing));
        await using var copy = await PampsServer.StartAsync(database, services: TestJobs.Without);
        var restored = await copy.Get<RestoreBackup>().RunAsync(verified, null, Ct);
        Assert.Equal((4, 2), (restored.Value.Files, restored.Value.Missing));
    }

    [Theory, OnEachDatabase]
    public async Task A_restore_that_was_stopped_among_the_pictures_goes_on_and_leaves_what_is_there(
        Database database
    )
    {
        var (source, target) = (await MediaPlace.OnAsync(database), await MediaPlace.OnAsync(database));
        byte[] backup;
        await using (var pamps = await source.ServeWithMediaAsync(database))
        {
            using var ana = await pamps.RegisterAsync();
            await ana.PictureAsync(Stored.Unlike());
            backup = await WriteAsync(pamps);
        }
        var file = Path.Combine(target.Folder, "night.pamps");
        await File.WriteAllBytesAsync(file, backup, Ct);
        var there = source.Files()[0];
        Directory.CreateDirectory(Path.GetDirectoryName(target.FileOf(there))!);
        await File.WriteAllTextAsync(target.FileOf(there), "as it was", Ct);
        await using (var empty = await target.ServeWithMediaAsync(database))
        {
            using var verified = (await BackupFile.VerifyAsync(new MemoryStream(backup), null, Ct)).Value;
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                empty
                    .Get<RestoreBackup>()
                    .RunAsync(verified, new StopAt("pictures", stop, done: 0), stop.Token)
            );
        }
        Assert.Contains(
            "was not finished",
            (await target.RunAsync("user-list")).Refused(),
            StringComparison.Ordinal
        );

        var restored = (await target.RunAsync("restore", file)).Succeeded();

        Assert.Contains("and 1 files of pictures", restored, StringComparison.Ordinal);
        Assert.Contains("(1 were there)", restored, StringComparison.Ordinal);
        Assert.Equal(source.Files(), target.Files());
        Assert.Equal("as it was", await File.ReadAllTextAsync(target.FileOf(there), Ct));
    }

    public static TheoryData<string, string> Lies =>
        new()
        {
            { "a changed picture", "is not the picture that its name says" },
            { "a picture twice", "something else than files of pictures" },
            { "another path", "something else than files of pictures" },
            { "a link", "something else than files of pictures" },
            { "more behind the end", "something else than files of pictures" },
            { "cut off", "This is not a whole backup" },
            { "fewer files", "has more than its manifest" },
            { "fewer bytes", "has more than its manifest" },
            { "more files", "has less than its manifest" },
            { "no manifest of them", "other files than its manifest" },
            { "not there", "other files than its manifest" },
        };

    [Theory, MemberData(nameof(Lies))]
    public async Task A_backup_whose_pictures_are_not_what_is_said_is_refused_and_nothing_changes(
        string lie,
        string told
    )
    {
        var workplace = await MediaPlace.OnAsync(Database.Sqlite);
        var file = Path.Combine(workplace.Folder, "bad.pamps");
        var bad = RewrittenZip.Anew(await Written.Value, files =>
        {
            var tar = files[Tar];
            var first =
                512 + ((Convert.ToInt32(Encoding.ASCII.GetString(tar, 124, 11), 8) + 511) / 512 * 512);
            switch (lie)
            {
                case "a changed picture":
                    tar[512] ^= 1;
                    break;
                case "a picture twice":
                    files[Tar] = [.. tar[..first], .. tar];
                    break;
                case "another path":
                    tar["media/".Length] = (byte)'.';
                    break;
                case "a link":
                    tar[156] = (byte)'2';
                    break;
                case "more behind the end":
                    files[Tar] = [.. tar, 1];
                    break;
                case "cut off":
                    files[Tar] = tar[..first];
                    break;
                case "not there":
                    files.Remove(Tar);
                    break;
                default:
                    files["manifest.json"] = Manifest(files["manifest.json"], lie);
                    break;
            }
        });
        await File.WriteAllBytesAsync(file, bad, Ct);

        foreach (var command in new[] { new[] { "restore", file }, ["backup", "--verify", file] })
        {
            Assert.Contains(told, (await workplace.RunAsync(command)).Refused(), StringComparison.Ordinal);
        }
        Assert.Empty(workplace.Files());
        Assert.False(File.Exists(workplace.Uri["sqlite:///".Length..]));

        static byte[] Manifest(byte[] text, string lie)
        {
            var manifest = JsonNode.Parse(text)!.AsObject();
            if (lie == "no manifest of them")
            {
                manifest.Remove("media");
                manifest["format"] = 1;
            }
            else
            {
                var (field, by) = lie switch
                {
                    "fewer files" => ("files", -1),
                    "fewer bytes" => ("bytes", -1),
                    _ => ("files", 1),
                };
                manifest["media"]![field] = (long)manifest["media"]![field]! + by;
            }
            return Encoding.UTF8.GetBytes(manifest.ToJsonString());
        }
    }

    [Theory, FromEachToEach]
    public async Task A_copy_leaves_pictures_where_they_are_and_says_where(Database from, Database to)
    {
        var (source, target) = (await MediaPlace.OnAsync(from), await MediaPlace.OnAsync(to));
        await using (var pamps = await source.ServeWithMediaAsync(from))
        {
            using var ana = await pamps.RegisterAsync();
            await ana.PictureAsync(Stored.Unlike());
        }

        var copied = await source.RunAsync("db", "copy", "--from", source.Uri, "--to", target.Uri);

        Assert.Contains(
            $"The files of pictures stay in {source.MediaFolder()}, ",
            copied.Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Empty(copied.Errors);
        (await source.With("PAMPS_DB__URI", target.Uri).RunAsync("media", "check")).Succeeded();
    }

    private static readonly Lazy<Task<byte[]>> Written = new(async () =>
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        await ana.PictureAsync(Stored.Unlike());
        return await WriteAsync(pamps);
    });

    private static async Task<byte[]> WriteAsync(PampsServer pamps, IProgress<WorkProgress>? progress = null)
    {
        using var output = new MemoryStream();
        var written = await pamps.Get<WriteBackup>().RunAsync(output, withMedia: true, progress, Ct);
        Assert.False(written.IsRefused(out var error), error?.Message);
        return output.ToArray();
    }

    /// <summary>Does something when a step begins.</summary>
    private sealed class Once(string step, Action act) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Step == step && value.Done == 0)
            {
                act();
            }
        }
    }
}
