using System.CommandLine;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Users;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps user-list [--json]</c>.</summary>
internal static class UserListCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command("user-list", "List all users") { json };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var list = services.GetRequiredService<ListUsers>();
                        var users = Listing.ReadAsync(
                            page => list.RunWithEmailAsync(Viewer.Operator, page, ct),
                            ct: ct
                        );
                        await (
                            parse.GetValue(json)
                                ? Listing.PrintJsonAsync(users, Write, ct)
                                : PrintTablesAsync(users, ct)
                        );
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static void Write(Utf8JsonWriter writer, AccountView user)
    {
        writer.WriteNumber("id", user.User.Id);
        writer.WriteString("username", user.User.Username);
        writer.WriteString("email", user.Email);
        writer.WriteBoolean("superuser", user.Superuser);
        writer.WriteBoolean("active", user.Active);
    }

    private static async Task PrintTablesAsync(IAsyncEnumerable<AccountView> users, CancellationToken ct)
    {
        var console = Terminal.Open();
        var table = MakeTable().Title("Pamps users");
        await foreach (var user in users.WithCancellation(ct))
        {
            if (table.Rows.Count == Listing.RowsPerTable)
            {
                console.Write(table);
                table = MakeTable();
                if (!Console.IsInputRedirected && !Console.IsOutputRedirected && !await ContinueAsync(ct))
                {
                    return;
                }
            }
            table.AddRow(Markup.Escape(user.User.Username), Markup.Escape(user.Email));
        }
        console.Write(table);
    }

    private static Table MakeTable() =>
        new Table().AddColumn("[magenta]username[/]").AddColumn("[magenta]email[/]");

    private static Task<bool> ContinueAsync(CancellationToken ct) =>
        Terminal.AskAsync(new ConfirmationPrompt("Show more?"), ct);
}
