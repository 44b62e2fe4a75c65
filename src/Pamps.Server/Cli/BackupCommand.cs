using System.CommandLine;
using System.Globalization;
using Pamps.Operations;
using Pamps.Operations.Transfer;

namespace Pamps.Server.Cli;

/// <summary><c>pamps backup FILE [--without-media] [--verify]</c>: all data at one moment, while the server runs.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("FILE")
    {
        Description = "The file to write, - for standard output; with --verify, the one to read",
    };
    private static readonly Option<bool> Verify = new("--verify")
    {
        Description = "Write nothing; read FILE and compare it with its checksums",
    };
    private static readonly Option<bool> WithoutMedia = new("--without-media")
    {
        Description = "Leave the files of pictures out",
    };
    private static readonly Option<bool> Force = new("--force", "-f") { Description = "Replace FILE" };

    public static Command Create()
    {
        var command = new Command("backup", "Write all data into a file, while the server runs")
        {
            Target,
            WithoutMedia,
            Verify,
            Force,
        };
        command.SetAction(
            (parse, ct) =>
            {
                var file = parse.GetRequiredValue(Target);
                return parse.GetValue(Verify)
                    ? VerifyAsync(file, ct)
                    : WriteAsync(file, !parse.GetValue(WithoutMedia), parse.GetValue(Force), ct);
            }
        );
        return command;
    }

    /// <summary>Reads a backup from its beginning to its end; one that is not whole ends the command.</summary>
    public static async Task<BackupFile> OpenAsync(Stream input, CancellationToken ct) =>
        (await ProgressBars.ShowAsync(bars => BackupFile.VerifyAsync(input, bars, ct))).OrFail();

    private static async Task<int> VerifyAsync(string file, CancellationToken ct)
    {
        await using var input = File.OpenRead(file);
        using var backup = await OpenAsync(input, ct);
        Terminal.Open().Write(Digests.ToTable(backup.Manifest.Tables.Select(x => x.Digest)));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Whole: made at {backup.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC by pamps {backup.Manifest.Version}, with {Sizes(backup.Manifest, backup.PackedRowBytes)}."
            )
        );
        SayWhatLacks(backup.Manifest);
        return 0;
    }

    private static async Task<int> WriteAsync(string file, bool withMedia, bool force, CancellationToken ct)
    {
        await using var services = await PampsCommand.OpenAsync(null, "", mustExist: true, ct);
        var write = services.GetRequiredService<WriteBackup>();
        var written = await PrivateFile.WriteAsync(file, force, async (output, progress) =>
            (await write.RunAsync(output, withMedia, progress, ct)).OrFail()
        );
        var manifest = written.Manifest;
        PrivateFile.Say(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Backed up {Sizes(manifest, written.RowBytes)} as of {manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC"
            )
        );
        SayWhatLacks(manifest);
        return 0;
    }

    private static string Sizes(BackupManifest manifest, long rowBytes)
    {
        var rows = string.Create(
            CultureInfo.InvariantCulture,
            $"{manifest.Tables.Sum(x => x.Digest.Rows):N0} rows ({ByteCount.Text(rowBytes)})"
        );
        return manifest.Media is { Files: > 0 } media
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} and {media.Files:N0} files of pictures ({ByteCount.Text(media.Bytes)})"
            )
            : rows;
    }

    /// <summary>Says which files of pictures are not in a backup.</summary>
    private static void SayWhatLacks(BackupManifest manifest)
    {
        if (manifest.Media is null && BackupFile.MediaFilesOf(manifest) is > 0 and var files)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: {files:N0} files of pictures are not in it; keep the folder `media`, too"
                )
            );
        }
        else if (manifest.Media is { Missing: > 0 and var missing })
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: {missing:N0} files of pictures are not in it: they were deleted while it was written, or are missing or damaged (`pamps media check`)"
                )
            );
        }
    }
}
