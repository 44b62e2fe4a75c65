using System.CommandLine;
using System.Globalization;
using Pamps.Core.Transfer;

namespace Pamps.Server.Cli;

/// <summary><c>pamps backup FILE [--verify]</c>: all data at one moment, while the server runs.</summary>
internal static class BackupCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
        if (file == "-")
        {
            await using var output = Console.OpenStandardOutput();
            Say(Console.Error, (await write.RunAsync(output, progress: null, ct)).OrFail());
            return 0;
        }
        var path = Path.GetFullPath(file);
        if (!force && Path.Exists(path))
        {
            throw new UserErrorException($"{path} exists. Name another file, or replace it with --force.");
        }
        // Under another name until it is whole and on the disk: who finds FILE finds a backup.
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            BackupManifest manifest;
            await using (var output = new FileStream(partial, Options()))
            {
                manifest = await ProgressBars.ShowAsync(async bars =>
                    (await write.RunAsync(output, bars, ct)).OrFail()
                );
                output.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: force);
            Say(Console.Out, manifest);
            return 0;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Say(TextWriter output, BackupManifest manifest) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Backed up {manifest.Tables.Sum(x => x.Digest.Rows):N0} rows as of {manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC."
            )
        );

    /// <summary>For its owner only: there are password hashes in it.</summary>
    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        return options;
    }
}
