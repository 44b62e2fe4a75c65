using System.CommandLine;
using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Operations;
using Pamps.Operations.Maintenance;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db upgrade [--dry-run] [--no-snapshot]</c>.</summary>
internal static class DbUpgradeCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Say what would be done and about how long it takes, and change nothing",
    };
    private static readonly Option<bool> NoSnapshot = new("--no-snapshot")
    {
        Description = "Make no snapshot of an SQLite database before",
    };

    public static Command Create()
    {
        var command = new Command(
            "upgrade",
            "Apply the pending migrations, and index what older versions wrote"
        )
        {
            DryRun,
            NoSnapshot,
        };
        var target = new Argument<string?>("TARGET")
        {
            Description = "head, as Alembic wants it said",
            Arity = ArgumentArity.ZeroOrOne,
        };
        target.AcceptOnlyFromAmong("head");
        command.Add(target);
        command.SetAction(
            (parse, ct) =>
            {
                var withSnapshot = !parse.GetValue(NoSnapshot);
                return parse.GetValue(DryRun)
                    ? PlanAsync(withSnapshot, ct)
                    : PampsCommand.RunAsync(x => RunAsync(x, withSnapshot, ct), needsSchema: false, ct);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        bool withSnapshot,
        CancellationToken ct
    )
    {
        var schema = services.GetRequiredService<Schema>();
        var wasEmpty = (await schema.ReadStatusAsync(ct)).IsEmpty;
        var upgraded = (await schema.UpgradeAsync(withSnapshot, Console.WriteLine, ct)).OrFail();
        foreach (var migration in upgraded.Applied)
        {
            Console.WriteLine($"Applied migration {migration}");
        }
        if (upgraded.Applied.Count == 0)
        {
            Console.WriteLine("The schema is current.");
        }
        var index = services.GetRequiredService<IndexTexts>();
        var mayLack = !wasEmpty && (upgraded.Applied.Count > 0 || await index.IsNeededAsync(ct));
        return mayLack ? await DbIndexCommand.RunAsync(index, all: false, ct) : 0;
    }

    private static async Task<int> PlanAsync(bool withSnapshot, CancellationToken ct)
    {
        // An SQLite file that is not there must not be made by a look at it.
        await using var services = await PampsCommand.OpenAsync(null, "", mustExist: true, ct);
        var plan = (await services.GetRequiredService<PlanUpgrade>().RunAsync(withSnapshot, ct)).OrFail();
        if (plan.Migrations.Count == 0)
        {
            Console.WriteLine("The schema is current.");
        }
        else
        {
            Terminal.Open().Write(TableOf(plan));
        }
        if (plan.Snapshot is { } snapshot)
        {
            Console.WriteLine(
                $"Before: a snapshot of {ByteCount.Text(snapshot.Bytes)}, {About(snapshot.Duration)}."
            );
        }
        if (plan.Indexing is { } indexing)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Afterwards: the texts of {indexing.Users:N0} users and {indexing.Posts:N0} posts are indexed, {About(indexing.Duration)}."
                )
            );
        }
        Console.WriteLine(
            $"Nothing was changed in the {services.GetRequiredService<IDatabase>().Description}."
        );
        return plan.Snapshot?.Lack is { } lack ? throw new UserErrorException(lack.Message) : 0;
    }

    private static Table TableOf(UpgradePlan plan)
    {
        var table = new Table()
            .AddColumn("migration")
            .AddColumn("table")
            .AddColumn("rows")
            .AddColumn("what is done")
            .AddColumn("about");
        foreach (var migration in plan.Migrations)
        {
            foreach (var touched in migration.Tables)
            {
                table.AddRow(
                    Markup.Escape(migration.Id),
                    Markup.Escape(touched.Table),
                    touched.Rows?.ToString("N0", CultureInfo.InvariantCulture)
                        ?? (touched.IsTable ? "new" : ""),
                    Markup.Escape(string.Join(", ", touched.Deeds)),
                    About(touched.Duration)
                );
            }
        }
        return table;
    }

    /// <summary>No finer than the estimate is.</summary>
    private static string About(TimeSpan duration) =>
        duration.TotalSeconds switch
        {
            < 1 => "under a second",
            < 90 => string.Create(
                CultureInfo.InvariantCulture,
                $"about {Math.Ceiling(duration.TotalSeconds)} s"
            ),
            < 5400 => string.Create(
                CultureInfo.InvariantCulture,
                $"about {Math.Ceiling(duration.TotalMinutes)} minutes"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"about {duration.TotalHours:0.#} hours"),
        };
}
