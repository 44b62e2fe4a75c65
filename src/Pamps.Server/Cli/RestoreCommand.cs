using System.CommandLine;
using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Operations.Transfer;

namespace Pamps.Server.Cli;

/// <summary><c>pamps restore FILE [--to URI]</c>: into an empty database, of whichever product.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Source = new("FILE")
    {
        Description = "What `pamps backup` wrote; - for standard input",
    };
    private static readonly Option<string?> To = new("--to")
    {
        Description = "URI of an empty database; the configured one unless said",
    };

    public static Command Create()
    {
        var command = new Command("restore", "Fill an empty database from a backup") { Source, To };
        command.SetAction((parse, ct) => RunAsync(parse.GetRequiredValue(Source), parse.GetValue(To), ct));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? to, CancellationToken ct)
    {
        await using var input = file == "-" ? await SpoolAsync(ct) : File.OpenRead(file);
        // All of it before the database is touched.
        using var backup = await BackupCommand.OpenAsync(input, ct);
        await using var services = await PampsCommand.OpenAsync(to, To.Name, mustExist: false, ct);
        var restore = services.GetRequiredService<RestoreBackup>();
        var media = await Stoppable.RunAsync(() =>
            ProgressBars.ShowAsync(async bars => (await restore.RunAsync(backup, bars, ct)).OrFail())
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Restored {backup.Manifest.Tables.Sum(x => x.Digest.Rows):N0} rows as of {backup.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC into the {services.GetRequiredService<IDatabase>().Description}{Files(media)}."
            )
        );
        MediaCommand.SayWhatLacks(media.Missing, media.Place);
        return 0;
    }

    private static string Files(RestoredMedia media)
    {
        var there =
            media.There > 0
                ? string.Create(CultureInfo.InvariantCulture, $" ({media.There:N0} were there)")
                : "";
        return media.Files + media.There == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $", and {media.Files:N0} files of pictures into {media.Place}{there}"
            );
    }

    /// <summary>A backup is read twice, which a pipe cannot be. The system deletes the file when it is closed.</summary>
    private static async Task<FileStream> SpoolAsync(CancellationToken ct)
    {
        var spool = new FileStream(
            Path.GetTempFileName(),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None,
            64 * 1024,
            FileOptions.DeleteOnClose
        );
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(spool, ct);
        spool.Position = 0;
        return spool;
    }
}
