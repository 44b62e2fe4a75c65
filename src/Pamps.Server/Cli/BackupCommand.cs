using System.CommandLine;
using System.Globalization;
using Pamps.Operations.Transfer;

namespace Pamps.Server.Cli;

/// <summary><c>pamps backup FILE [--verify]</c>: all data at one moment, while the server runs.</summary>
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
    private static readonly Option<bool> Force = new("--force", "-f") { Description = "Replace FILE" };

    public static Command Create()
    {
        var command = new Command("backup", "Write all data into a file, while the server runs")
        {
            Target,
            Verify,
            Force,
        };
        command.SetAction(
            (parse, ct) =>
            {
                var file = parse.GetRequiredValue(Target);
                return parse.GetValue(Verify)
                    ? VerifyAsync(file, ct)
                    : WriteAsync(file, parse.GetValue(Force), ct);
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
                $"Whole: made at {backup.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC by pamps {backup.Manifest.Version}."
            )
        );
        return 0;
    }

    private static async Task<int> WriteAsync(string file, bool force, CancellationToken ct)
    {
        await using var services = await PampsCommand.OpenAsync(null, "", mustExist: true, ct);
        var write = services.GetRequiredService<WriteBackup>();
        var manifest = await PrivateFile.WriteAsync(file, force, async (output, progress) =>
            (await write.RunAsync(output, progress, ct)).OrFail()
        );
        PrivateFile.Say(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Backed up {manifest.Tables.Sum(x => x.Digest.Rows):N0} rows as of {manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC"
            )
        );
        if (manifest.Tables.Single(x => x.Digest.Table == "media_file").Digest.Rows is > 0 and var files)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: {files:N0} files of pictures are not in it; copy the folder `media`, too"
                )
            );
        }
        return 0;
    }
}
