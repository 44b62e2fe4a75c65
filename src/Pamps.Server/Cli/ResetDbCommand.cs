using System.CommandLine;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;

namespace Pamps.Server.Cli;

/// <summary><c>pamps reset-db [-f|--force]</c>.</summary>
internal static class ResetDbCommand
{
    public static Command Create()
    {
        var force = Confirmation.Option();
        var command = new Command("reset-db", "Drop all tables, and all that is in them") { force };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var where = services.GetRequiredService<IDatabase>().Description;
                        if (
                            !parse.GetValue(force)
                            && !await Confirmation.AskAsync($"Drop all tables of the {where}?", ct)
                        )
                        {
                            return 1;
                        }
                        await services.GetRequiredService<Schema>().DropAsync(ct);
                        Console.WriteLine($"dropped all tables of the {where}");
                        return 0;
                    },
                    needsSchema: false,
                    ct
                )
        );
        return command;
    }
}
