using System.Text;
using Pamps.Core.Media;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Media;

/// <summary><c>pamps media check | sweep | move</c>.</summary>
public sealed class MediaCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Files_that_are_missing_damaged_or_unknown_are_found(Database database)
    {
        var workplace = await MediaPlace.OnAsync(database);
        await using var pamps = await workplace.ServeWithMediaAsync(database, services: TestJobs.Without);
        using var ana = await pamps.RegisterAsync();
        var (missing, damaged) = (
            await ana.UploadAsync(Stored.Unlike()),
            await ana.UploadAsync(Stored.Unlike())
        );
        // Its file may be gone: its row goes with the next job.
        var deleted = await ana.UploadAsync(Stored.Unlike());
        await ana.DeleteAsync($"/media/{deleted["id"]}/");
        File.Delete(workplace.FileOf(Stored.NameOf(deleted)));
        var good = (await workplace.RunAsync("media", "check")).Succeeded();
        Assert.Contains(
            $"Of 4 files in {workplace.MediaFolder()}, 0 are missing and 0 damaged. No row knows 0 files of more than a day (0 kB).",
            good,
            StringComparison.Ordinal
        );
        var unknown = await StrangeAsync(workplace, "old", TimeSpan.FromHours(25));
        await StrangeAsync(workplace, "young", TimeSpan.FromHours(23));
        Assert.Contains(
            $"unknown: {unknown}\n",
            (await workplace.RunAsync("media", "check")).Succeeded(),
            StringComparison.Ordinal
        );

        File.Delete(workplace.FileOf(Stored.NameOf(missing)));
        await workplace.DamageAsync(Stored.NameOf(damaged));
        var bad = await workplace.RunAsync("media", "check");

        Assert.Equal(1, bad.ExitCode);
        Assert.EndsWith(
            $"""
            missing: {Stored.NameOf(missing)}
            damaged: {Stored.NameOf(damaged)}
            unknown: {unknown}
            Of 4 files in {workplace.MediaFolder()}, 1 are missing and 1 damaged. No row knows 1 files of more than a day (0 kB).

            """,
            bad.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_many_the_first_are_named()
    {
        var workplace = await MediaPlace.OnAsync(Database.Sqlite);
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        foreach (var i in Enumerable.Range(0, 25))
        {
            await StrangeAsync(workplace, $"{i}", TimeSpan.FromDays(2));
        }
        var lines = (await workplace.RunAsync("media", "sweep")).Succeeded().Split('\n');
        Assert.Equal(
            20,
            lines.Count(x => x.StartsWith("unknown: ", StringComparison.Ordinal) && x.Length > 60)
        );
        Assert.Contains("unknown: and 5 more", lines);
        Assert.Equal(25, workplace.Files().Count);
    }

    [Theory, OnEachDatabase]
    public async Task Sweeping_takes_away_what_no_row_knows_when_it_is_told_to(Database database)
    {
        var workplace = await MediaPlace.OnAsync(database);
        await using var pamps = await workplace.ServeWithMediaAsync(database, services: TestJobs.Without);
        using var ana = await pamps.RegisterAsync();
        await ana.PictureAsync(Stored.Unlike());
        var kept = workplace.Files();
        foreach (var name in kept)
        {
            File.SetLastWriteTimeUtc(workplace.FileOf(name), DateTime.UnixEpoch);
        }
        await StrangeAsync(workplace, "old", TimeSpan.FromHours(25));
        var young = await StrangeAsync(workplace, "young", TimeSpan.FromHours(23));
        var unfinished = Path.Combine(workplace.MediaFolder(), "unfinished", "x");
        await File.WriteAllTextAsync(unfinished, "x", Ct);
        File.SetLastWriteTimeUtc(unfinished, DateTime.UnixEpoch);
        var before = workplace.Files();

        Assert.Contains(
            "No row knows 1 files of more than a day",
            (await workplace.RunAsync("media", "sweep")).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal(before, workplace.Files());
        var swept = (await workplace.RunAsync("media", "sweep", "--yes")).Succeeded();

        Assert.Contains(
            $"Took away 1 files (0 kB) from {workplace.MediaFolder()}, and 1 that were never ended.",
            swept,
            StringComparison.Ordinal
        );
        Assert.Equal(kept.Append(young).Order(StringComparer.Ordinal), workplace.Files());
        await pamps.CountsAsync();
        workplace.With("PAMPS_DB__READ_ONLY", "true");
        (await workplace.RunAsync("media", "check")).Succeeded();
        (await workplace.RunAsync("media", "sweep", "--yes")).Refused();
    }

    [Theory, OnEachDatabase]
    public async Task Pictures_move_to_another_folder_and_a_move_goes_on(Database database)
    {
        var workplace = await MediaPlace.OnAsync(database);
        await using var pamps = await workplace.ServeWithMediaAsync(database, services: TestJobs.Without);
        using var ana = await pamps.RegisterAsync();
        var media = await ana.UploadAsync(Stored.Unlike());
        await ana.PictureAsync(Stored.Unlike());
        var other = Path.Combine(workplace.Folder, "with a space");
        var uri = MediaPlace.UriOf(other);

        var first = (await workplace.RunAsync("media", "move", "--to", uri)).Succeeded();
        Assert.Contains("Copied 4 files", first, StringComparison.Ordinal);
        Assert.Contains($"set PAMPS_MEDIA__URI={uri} and start them", first, StringComparison.Ordinal);
        // As a stop leaves one, and as a disk does; and what came meanwhile.
        var names = workplace.Files();
        File.Delete(Path.Combine(other, names[0][..2], names[0]));
        await File.AppendAllTextAsync(Path.Combine(other, names[1][..2], names[1]), "x", Ct);
        await ana.PictureAsync(Stored.Unlike());
        var again = (await workplace.RunAsync("media", "move", "--to", uri)).Succeeded();

        Assert.Contains("Copied 4 files", again, StringComparison.Ordinal);
        Assert.Contains("where 2 were; 0 are damaged", again, StringComparison.Ordinal);
        Assert.Contains(
            "are in",
            (
                await workplace.RunAsync("media", "move", "--to", MediaPlace.UriOf(workplace.MediaFolder()))
            ).Refused(),
            StringComparison.Ordinal
        );
        workplace.With("PAMPS_MEDIA__URI", uri);
        (await workplace.RunAsync("media", "check")).Succeeded();

        // One that is damaged is left, and told of.
        workplace.With("PAMPS_MEDIA__URI", MediaPlace.UriOf(workplace.MediaFolder()));
        await workplace.DamageAsync(Stored.NameOf(media));
        var third = MediaPlace.UriOf(Path.Combine(workplace.Folder, "third"));
        var bad = await workplace.RunAsync("media", "move", "--to", third);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains($"damaged: {Stored.NameOf(media)}", bad.Output, StringComparison.Ordinal);
        Assert.Contains("pamps: 1 files of pictures are not in", bad.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://bucket", "names a bucket, which needs PAMPS_MEDIA__KEY and PAMPS_MEDIA__SECRET.")]
    [InlineData("https://bucket", "names neither a folder nor a bucket. ")]
    [InlineData("file:///", "names neither a folder nor a bucket. ")]
    [InlineData("file://host/media", "names neither a folder nor a bucket. ")]
    public async Task Another_address_than_a_folders_or_buckets_is_refused(string address, string told)
    {
        var line = (await Workplace.Bare().RunAsync("media", "move", "--to", address)).Refused();
        Assert.StartsWith($"pamps: --to {told}", line, StringComparison.Ordinal);
    }

    /// <summary>A file of that age that no row knows.</summary>
    private static async Task<string> StrangeAsync(Workplace workplace, string content, TimeSpan age)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var name = MediaFileName.Of(new MadeFile(bytes, "webp"));
        Directory.CreateDirectory(Path.GetDirectoryName(workplace.FileOf(name))!);
        await File.WriteAllBytesAsync(workplace.FileOf(name), bytes, Ct);
        File.SetLastWriteTimeUtc(workplace.FileOf(name), TimeProvider.System.GetUtcNow().UtcDateTime - age);
        return name;
    }
}
