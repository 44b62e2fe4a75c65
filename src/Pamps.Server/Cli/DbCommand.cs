using System.CommandLine;
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
            DbVerifyCommand.Create(),
            DbIndexCommand.Create(),
            DbSampleCommand.Create(),
            DbCopyCommand.Create(),
        };

    private static Command Status() =>
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
        WithSchema(
            "script",
            "Print the SQL that an upgrade of this database would run",
            async (schema, ct) =>
            {
                Console.Write(await schema.ScriptAsync(ct));
                return 0;
            }
        );

    private static Command Downgrade()
    {
        var target = new Argument<string>("TARGET")
        {
            Description = "The migration to go back to, or 0 for none",
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
                        await services.GetRequiredService<Schema>().DowngradeAsync(name, ct);
                        Console.WriteLine($"The schema is at {name}.");
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
