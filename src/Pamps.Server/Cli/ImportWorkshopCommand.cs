using System.CommandLine;
using System.Globalization;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Operations.Workshop;

namespace Pamps.Server.Cli;

/// <summary><c>pamps import-workshop FILE|URI [--rename NAME=OTHER]…</c>.</summary>
internal static class ImportWorkshopCommand
{
    private static readonly Argument<string> Source = new("SOURCE")
    {
        Description = "SQLite file, or postgresql:// URI, of the workshop's server",
    };
    private static readonly Option<string[]> Rename = new("--rename")
    {
        Description = "Another name for a user, as NAME=OTHER; as often as needed",
    };

    public static Command Create()
    {
        var command = new Command(
            "import-workshop",
            "Take in users, posts, likes and follows of the Python workshop's database"
        )
        {
            Source,
            Rename,
        };
        command.SetAction((parse, ct) => RunAsync(parse, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken ct)
    {
        var renamed = new Dictionary<string, string>();
        foreach (var pair in parse.GetValue(Rename) ?? [])
        {
            if (pair.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } other])
            {
                throw new UserErrorException($"--rename wants NAME=OTHER, not {pair}.");
            }
            renamed[name] = other;
        }
        var from = parse.GetRequiredValue(Source);
        if (
            from.Contains("://", StringComparison.Ordinal)
            && !from.StartsWith("sqlite:", StringComparison.Ordinal)
        )
        {
            return await ImportAsync(from, renamed, ct);
        }
        var path = from.StartsWith("sqlite:///", StringComparison.Ordinal)
            ? from["sqlite:///".Length..]
            : from;
        if (!File.Exists(path))
        {
            throw new UserErrorException($"There is no SQLite database at {Path.GetFullPath(path)}.");
        }
        // To open one is to change it: a copy is, so that the workshop's server goes on with its own.
        var folder = Directory.CreateTempSubdirectory("pamps-workshop-").FullName;
        try
        {
            var copy = Path.Combine(folder, "workshop.db");
            foreach (var part in new[] { "", "-wal", "-journal" }.Where(x => File.Exists(path + x)))
            {
                File.Copy(path + part, copy + part);
            }
            return await ImportAsync($"sqlite:///{copy}", renamed, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> ImportAsync(
        string from,
        IReadOnlyDictionary<string, string> renamed,
        CancellationToken ct
    )
    {
        await using var source = await PampsCommand.OpenAsync(from, Source.Name, mustExist: true, ct);
        await using var target = await PampsCommand.OpenAsync(null, Source.Name, mustExist: false, ct);
        await PrepareDatabase.RunAsync(target, needsSchema: true, Console.Error.WriteLine, ct);
        var import = target.GetRequiredService<ImportWorkshop>();
        var summary = (
            await Stoppable.RunAsync(
                () =>
                    ProgressBars.ShowAsync(bars =>
                        import.RunAsync(
                            Viewer.Operator,
                            source.GetRequiredService<WorkshopDatabase>(),
                            renamed,
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
                $"Imported {summary.Users:N0} users ({summary.UsersHere:N0} were here), {summary.Posts:N0} posts, {summary.Likes:N0} likes and {summary.Follows:N0} follows into the {target.GetRequiredService<IDatabase>().Description}."
            )
        );
        foreach (var left in summary.LeftOut)
        {
            Console.Error.WriteLine($"pamps: left out: {left}");
        }
        return 0;
    }
}
