using System.CommandLine;
using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db …</c>: the schema and the data in it.</summary>
internal static class DbCommand
{
    public static Command Create() =>
        new("db", "Look after the database")
        {
            DbUpgradeCommand.Create(),
            Status(),
            Script(),
            Downgrade(),
            Stamp(),
            DbVerifyCommand.Create(),
            DbIndexCommand.Create(),
            DbSampleCommand.Create(),
            DbCopyCommand.Create(),
        };

    private static Command Status()
    {
        var status = ShowStatus();
        // Alembic's words, which the workshop taught.
        status.Aliases.Add("current");
        status.Aliases.Add("history");
        return status;
    }

    private static Command ShowStatus() =>
        WithSchema(
            "status",
            "Show which migrations are applied; exit code 1 when some are pending",
            async (schema, ct) =>
            {
                var status = await schema.ReadStatusAsync(ct);
                var table = new Table().AddColumn("migration").AddColumn("state");
                foreach (var migration in status.Applied.Except(status.Unknown))
                {
                    table.AddRow(migration, "applied");
                }
                foreach (var migration in status.Pending)
                {
                    table.AddRow(migration, "[yellow]pending[/]");
                }
                if (status.IsUnfinished)
                {
                    table.Caption("A copy into this database was not finished.");
                }
                foreach (var migration in status.Unknown)
                {
                    table.AddRow(Markup.Escape(migration), "[red]unknown to this version[/]");
                }
                Terminal.Open().Write(table);
                return status.IsCurrent ? 0 : 1;
            }
        );

    private static Command Script() =>
        WithSchema("script", "Print the SQL that an upgrade of this database would run", async (schema, ct) =>
        {
            Console.Write(await schema.ScriptAsync(ct));
            return 0;
        });

    private static Command Downgrade()
    {
        var target = new Argument<string>("TARGET")
        {
            Description = "The migration to go back to; 0 or base for none, -1 for the one before the last",
        };
        var force = Confirmation.Option();
        var command = new Command("downgrade", "Take back every migration after TARGET") { target, force };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var name = parse.GetRequiredValue(target);
                        var where = services.GetRequiredService<IDatabase>().Description;
                        if (
                            !parse.GetValue(force)
                            && !await Confirmation.AskAsync(
                                $"Take back migrations of the {where}? Data in what they made is lost.",
                                ct
                            )
                        )
                        {
                            return 1;
                        }
                        var schema = services.GetRequiredService<Schema>();
                        await schema.DowngradeAsync(await ResolveAsync(schema, name, ct), ct);
                        Console.WriteLine($"The schema is at {name}.");
                        return 0;
                    },
                    needsSchema: false,
                    ct
                )
        );
        return command;
    }

    /// <summary>The migration that a word of Alembic's means; any other word is one's name.</summary>
    private static async Task<string> ResolveAsync(Schema schema, string target, CancellationToken ct)
    {
        if (target is "base")
        {
            return "0";
        }
        if (
            !int.TryParse(target, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var steps)
            || steps >= 0
        )
        {
            return target;
        }
        var applied = (await schema.ReadStatusAsync(ct)).Applied;
        return applied.Count + steps > 0 ? applied[applied.Count + steps - 1] : "0";
    }

    /// <summary>Alembic notes by it which migration a database has. Pamps notes that itself, with each.</summary>
    private static Command Stamp()
    {
        var target = new Argument<string>("TARGET") { Description = "base or head" };
        target.AcceptOnlyFromAmong("base", "head");
        var command = new Command("stamp", "Say whether the schema is at base (nothing) or head (all)")
        {
            target,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var status = await services.GetRequiredService<Schema>().ReadStatusAsync(ct);
                        var word = parse.GetRequiredValue(target);
                        var (isThere, way) =
                            word == "base"
                                ? (status.IsEmpty, "pamps db downgrade base")
                                : (status.IsCurrent, "pamps db upgrade");
                        if (!isThere)
                        {
                            throw new UserErrorException(
                                $"The schema is not at {word}, and Pamps notes itself which migrations it has: `{way}` brings it there."
                            );
                        }
                        Console.WriteLine($"The schema is at {word}.");
                        return 0;
                    },
                    needsSchema: false,
                    ct
                )
        );
        return command;
    }

    private static Command WithSchema(
        string name,
        string description,
        Func<Schema, CancellationToken, Task<int>> run
    )
    {
        var command = new Command(name, description);
        command.SetAction(
            (_, ct) =>
                PampsCommand.RunAsync(
                    services => run(services.GetRequiredService<Schema>(), ct),
                    needsSchema: false,
                    ct
                )
        );
        return command;
    }
}
