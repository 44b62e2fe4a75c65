using System.CommandLine;
using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Operations.Media;
using Pamps.Operations.Transfer;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db copy --from URI --to URI</c>: from SQLite to PostgreSQL or back, or to another of the same.</summary>
internal static class DbCopyCommand
{
    private static readonly Option<string> From = new("--from")
    {
        Description = "URI of the database to copy",
        Required = true,
    };
    private static readonly Option<string> To = new("--to")
    {
        Description = "URI of an empty database; what was begun there from the same source goes on",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("copy", "Copy a database into an empty one, and compare both") { From, To };
        command.SetAction(
            (parse, ct) => RunAsync(parse.GetRequiredValue(From), parse.GetRequiredValue(To), ct)
        );
        return command;
    }

    private static async Task<int> RunAsync(string from, string to, CancellationToken ct)
    {
        await using var source = await PampsCommand.OpenAsync(from, From.Name, mustExist: true, ct);
        await using var target = await PampsCommand.OpenAsync(to, To.Name, mustExist: false, ct);
        var copy = target.GetRequiredService<CopyDatabase>();
        var summary = await Stoppable.RunAsync(() =>
            ProgressBars.ShowAsync(async bars =>
                (await copy.RunAsync(source.GetRequiredService<StoredData>(), bars, ct)).OrFail()
            )
        );
        Terminal.Open().Write(Digests.ToTable(summary.Tables));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Copied {summary.Tables.Sum(x => x.Rows):N0} rows. The {source.GetRequiredService<IDatabase>().Description} and the {target.GetRequiredService<IDatabase>().Description} hold the same."
            )
        );
        if (summary.Tables.Single(x => x.Table == "media_file").Rows > 0)
        {
            var store = target.GetRequiredService<IMediaStore>();
            Console.WriteLine(
                $"The files of pictures stay in {store.Place}, for the one of the two that is served from now on: it needs the same PAMPS_DATA_FOLDER or PAMPS_MEDIA__URI."
            );
            MediaCommand.SayWhatLacks(
                await target.GetRequiredService<CheckMedia>().CountMissingAsync(ct),
                store.Place
            );
        }
        return 0;
    }
}
