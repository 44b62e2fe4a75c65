using System.CommandLine;
using System.Globalization;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Operations;
using Pamps.Operations.Media;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary><c>pamps media …</c>: the files of pictures.</summary>
internal static class MediaCommand
{
    private const string Step = "The same command goes on from here.";

    public static Command Create() =>
        new("media", "Look after the files of pictures") { Check(), Sweep(), Move() };

    /// <summary>Says how many files that rows name are not there, if there are any.</summary>
    public static void SayWhatLacks(long missing, string place)
    {
        if (missing > 0)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: {missing:N0} files of pictures are not in {place}; `pamps media check` names them"
                )
            );
        }
    }

    private static Command Check()
    {
        var command = new Command(
            "check",
            "Compare files and rows; exit code 1 when a picture lacks a file, or has a damaged one"
        );
        command.SetAction(
            (_, ct) => PampsCommand.RunAsync(services => CheckAsync(services, ct), needsSchema: true, ct)
        );
        return command;
    }

    private static async Task<int> CheckAsync(IServiceProvider services, CancellationToken ct)
    {
        var check = services.GetRequiredService<CheckMedia>();
        var found = await ProgressBars.ShowAsync(bars => check.RunAsync(bars, ct));
        Print("missing", found.Missing);
        Print("damaged", found.Damaged);
        Print("unknown", found.Unknown);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Of {found.Needed:N0} files in {services.GetRequiredService<IMediaStore>().Place}, {found.Missing.Count:N0} are missing and {found.Damaged.Count:N0} damaged. {Unknown(found.Unknown)}"
            )
        );
        return found.IsBroken ? 1 : 0;
    }

    private static Command Sweep()
    {
        var yes = new Option<bool>("--yes") { Description = "Take them away" };
        var command = new Command(
            "sweep",
            "Say which files of more than a day no row knows; with --yes, take them away"
        )
        {
            yes,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    services => SweepAsync(services, parse.GetValue(yes), ct),
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static async Task<int> SweepAsync(IServiceProvider services, bool isSure, CancellationToken ct)
    {
        var sweep = services.GetRequiredService<SweepUnknown>();
        var place = services.GetRequiredService<IMediaStore>().Place;
        if (!isSure)
        {
            var found = await sweep.FindAsync(ct);
            Print("unknown", found);
            Console.WriteLine(
                $"{Unknown(found)} They may be another database's that has {place}, too; --yes takes them away."
            );
            return 0;
        }
        var swept = await ProgressBars.ShowAsync(bars => sweep.RunAsync(bars, ct));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Took away {swept.Files:N0} files ({ByteCount.Text(swept.Bytes)}) from {place}, and {swept.Unfinished:N0} that were never ended."
            )
        );
        return 0;
    }

    private static Command Move()
    {
        var to = new Option<string>("--to")
        {
            Description =
                "The other place, as file:///srv/media or s3://bucket/prefix?endpoint=https://s3.example.org",
            Required = true,
        };
        var command = new Command("move", "Copy all files to another folder or bucket") { to };
        command.SetAction(
            (parse, ct) =>
            {
                var options = ReadSettings.Run(new Dictionary<string, string?>()).Options;
                var other = MediaUri.Parse(parse.GetRequiredValue(to), to.Name, options.Media);
                return PampsCommand.RunAsync(
                    services => MoveAsync(services, other, ct),
                    needsSchema: true,
                    ct
                );
            }
        );
        return command;
    }

    private static async Task<int> MoveAsync(IServiceProvider services, MediaUri other, CancellationToken ct)
    {
        var move = services.GetRequiredService<MoveMedia>();
        var target = other.Open(
            services.GetRequiredService<PampsOptions>(),
            services.GetRequiredService<ILoggerFactory>()
        );
        using var closing = target as IDisposable;
        var moved = await Stoppable.RunAsync(
            () => ProgressBars.ShowAsync(async bars => (await move.RunAsync(target, bars, ct)).OrFail()),
            Step
        );
        Print("damaged", moved.Damaged);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Copied {moved.Copied:N0} files ({ByteCount.Text(moved.Bytes)}) from {moved.From} to {moved.To}, where {moved.There:N0} were; {moved.Damaged.Count:N0} are damaged and were left."
            )
        );
        SayWhatLacks(moved.Missing, moved.To);
        Console.WriteLine(
            $"Stop every instance, run this again for what came meanwhile, set PAMPS_MEDIA__URI={other.Address} and start them. {moved.From} can go then."
        );
        return moved.Missing > 0 ? 1 : 0;
    }

    private static string Unknown(FoundFiles unknown) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"No row knows {unknown.Count:N0} files of more than a day ({ByteCount.Text(unknown.Bytes)})."
        );

    private static void Print(string what, FoundFiles files)
    {
        foreach (var name in files.First)
        {
            Console.WriteLine($"{what}: {name}");
        }
        if (files.Count > files.First.Count)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: and {files.Count - files.First.Count:N0} more"
                )
            );
        }
    }
}
