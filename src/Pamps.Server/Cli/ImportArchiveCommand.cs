using System.CommandLine;
using System.Globalization;
using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Operations.Imports;

namespace Pamps.Server.Cli;

/// <summary><c>pamps import-archive USERNAME FILE [--kind KIND] [--visibility WORD]</c>.</summary>
internal static class ImportArchiveCommand
{
    private sealed record Order(string Username, string File, ImportKind Kind, Visibility Visibility);

    public static Command Create()
    {
        var username = new Argument<string>("USERNAME")
        {
            Description = "User name of the account to import into",
        };
        var file = new Argument<string>("FILE")
        {
            Description =
                "Archive of a Mastodon, X (Twitter) or Pamps account, or a list of accounts or bookmarks",
        };
        var kind = new Option<string>("--kind")
        {
            Description = "What it is: archive, or a list of follows, blocks, mutes or bookmarks",
            DefaultValueFactory = _ => "archive",
        };
        kind.AcceptOnlyFromAmong([.. OrderImport.Kinds]);
        var visibility = new Option<string>("--visibility")
        {
            Description = "Who may see its posts at most: public, unlisted or followers",
            DefaultValueFactory = _ => "public",
        };
        visibility.AcceptOnlyFromAmong("public", "unlisted", "followers");
        var command = new Command(
            "import-archive",
            "Take in posts of a Mastodon, X (Twitter) or Pamps archive, or a list of accounts or bookmarks"
        )
        {
            username,
            file,
            kind,
            visibility,
        };
        command.SetAction(
            (parse, ct) =>
            {
                var wanted = OrderImport.Read(parse.GetValue(kind), parse.GetValue(visibility)).OrFail();
                var order = new Order(
                    parse.GetRequiredValue(username),
                    parse.GetRequiredValue(file),
                    wanted.Kind,
                    wanted.Visibility
                );
                return PampsCommand.RunAsync(x => RunAsync(x, order, ct), needsSchema: true, ct);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, Order order, CancellationToken ct)
    {
        var import = services.GetRequiredService<ImportElsewhere>();
        await using var file = File.OpenRead(order.File);
        var report = (
            await Stoppable.RunAsync(
                () =>
                    ProgressBars.ShowAsync(bars =>
                        import.RunAsync(
                            Viewer.Operator,
                            order.Username,
                            order.Kind,
                            order.Visibility,
                            file,
                            bars,
                            ct
                        )
                    ),
                "The same command goes on from here."
            )
        ).OrFail();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Imported {report.Made:N0} ({report.Here:N0} were here) with {report.Pictures:N0} pictures{(report.Bookmarks > 0 ? $" and {report.Bookmarks:N0} bookmarks" : "")} from {report.Source}."
            )
        );
        foreach (var left in report.LeftOut)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: left out: {left.Count:N0} ({left.Reason}){(left.Examples.Count > 0 ? ", such as " + left.Examples[0] : "")}"
                )
            );
        }
        return 0;
    }
}
