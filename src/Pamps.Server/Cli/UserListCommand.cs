using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps user-list [--json]</c>: reads page by page, so that a million users need no more memory than ten.</summary>
internal static class UserListCommand
{
    private const int RowsPerTable = 500;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command("user-list", "List all users") { json };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var users = ReadAllAsync(services.GetRequiredService<ListUsers>(), ct);
                        await (
                            parse.GetValue(json) ? PrintJsonAsync(users, ct) : PrintTablesAsync(users, ct)
                        );
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static async IAsyncEnumerable<AccountView> ReadAllAsync(
        ListUsers list,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        PageRequest? next = new(PageRequest.MaxLimit);
        while (next is not null)
        {
            var page = (await list.RunWithEmailAsync(Viewer.Operator, next, ct)).OrFail();
            foreach (var user in page.Items)
            {
                yield return user;
            }
            next = page.Next;
        }
    }

    private static async Task PrintJsonAsync(IAsyncEnumerable<AccountView> users, CancellationToken ct)
    {
        await using var output = Console.OpenStandardOutput();
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        await foreach (var user in users.WithCancellation(ct))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", user.User.Id);
            writer.WriteString("username", user.User.Username);
            writer.WriteString("email", user.Email);
            writer.WriteBoolean("superuser", user.Superuser);
            writer.WriteBoolean("active", user.Active);
            writer.WriteEndObject();
            if (writer.BytesPending > 32_768)
            {
                await writer.FlushAsync(ct);
            }
        }
        writer.WriteEndArray();
        await writer.FlushAsync(ct);
        output.Write("\n"u8);
    }

    private static async Task PrintTablesAsync(IAsyncEnumerable<AccountView> users, CancellationToken ct)
    {
        var console = Terminal.Open();
        var table = MakeTable().Title("Pamps users");
        await foreach (var user in users.WithCancellation(ct))
        {
            if (table.Rows.Count == RowsPerTable)
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
