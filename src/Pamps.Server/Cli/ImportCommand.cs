using System.CommandLine;
using System.Globalization;
using Pamps.Core;
using Pamps.Operations.Archives;

namespace Pamps.Server.Cli;

/// <summary><c>pamps import FILE [PASSWORD] [--as NAME] [--email ADDRESS]</c>.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Source = new("FILE")
    {
        Description = "What `pamps export` wrote",
    };
    private static readonly Argument<string?> Password = new("PASSWORD")
    {
        Description = "Password of an account that is made; asked for, hidden, when it is left out",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> As = new("--as")
    {
        Description = "Name of the account to import into, which is made if it is not there",
    };
    private static readonly Option<string?> Email = new("--email")
    {
        Description = "E-mail address of an account that is made; the archive's unless said",
    };

    public static Command Create()
    {
        var command = new Command("import", "Take in an account that `pamps export` wrote")
        {
            Source,
            Password,
            As,
            Email,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(services => RunAsync(services, parse, ct), needsSchema: false, ct)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        ParseResult parse,
        CancellationToken ct
    )
    {
        var import = services.GetRequiredService<ImportAccount>();
        await using var input = File.OpenRead(parse.GetRequiredValue(Source));
        // All of it before anything is changed.
        using var archive = (
            await ProgressBars.ShowAsync(bars => import.VerifyAsync(input, bars, ct))
        ).OrFail();
        await PrepareDatabase.RunAsync(services, needsSchema: true, Console.Error.WriteLine, ct);
        var target = new ImportTarget(parse.GetValue(As), parse.GetValue(Email), parse.GetValue(Password));
        if ((await import.MakesAccountAsync(archive, target, ct)).OrFail() && target.Password is null)
        {
            target = target with { Password = await CreateUserCommand.AskPasswordAsync(ct) };
        }
        var summary = (
            await Stoppable.RunAsync(
                () =>
                    ProgressBars.ShowAsync(bars =>
                        import.RunAsync(Viewer.Operator, archive, target, bars, ct)
                    ),
                "The same command goes on from here."
            )
        ).OrFail();
        Say(archive.Manifest, summary);
        return 0;
    }

    private static void Say(AccountManifest manifest, ImportSummary summary)
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Imported {manifest.Username} into {(summary.IsNew ? "the new account " : "")}{summary.Username}: "
                    + $"{summary.Posts:N0} of {manifest.Posts:N0} posts, "
                    + $"{summary.Likes:N0} of {manifest.Likes:N0} likes ({summary.LikesMissing:N0} of posts that are not here), {Bookmarks(manifest, summary)}"
                    + $"{summary.Follows:N0} of {manifest.Following:N0} follows ({summary.FollowsMissing:N0} of people who are not here){Pictures(summary)}. The others were here."
            )
        );
        foreach (var left in summary.PicturesLeftOut)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: {left.Count:N0} pictures were left out, first of post {left.PostId}: {left.Reason}"
                )
            );
        }
    }

    private static string Bookmarks(AccountManifest manifest, ImportSummary summary) =>
        manifest.Bookmarks is { } all
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Bookmarks:N0} of {all:N0} bookmarks ({summary.BookmarksMissing:N0} of posts that are not here), "
            )
            : "";

    private static string Pictures(ImportSummary summary) =>
        summary.Pictures + summary.PicturesLeftOut.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {summary.Pictures:N0} pictures");
}
