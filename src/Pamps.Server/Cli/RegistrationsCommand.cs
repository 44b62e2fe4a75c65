using System.CommandLine;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Http;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps registrations</c>: who waits to be approved; <see cref="ModerateCommand"/> answers them.</summary>
internal static class RegistrationsCommand
{
    private static readonly string[] Columns = ["user", "email", "why", "since"];

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command(
            "registrations",
            "List who has registered and waits to be approved, the longest first"
        )
        {
            json,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var approve = services.GetRequiredService<ApproveRegistration>();
                        var all = Listing.ReadAsync(
                            page => approve.ListAsync(Viewer.Operator, page, ct),
                            ct: ct
                        );
                        await (
                            parse.GetValue(json)
                                ? Listing.PrintJsonAsync(all, Write, ct)
                                : Listing.PrintTablesAsync(all, Columns, Cells, "Nobody waits.", ct)
                        );
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static string[] Cells(RegistrationView x) =>
        [
            Markup.Escape(x.User.Username),
            Markup.Escape(x.Email),
            Markup.Escape(x.Reason),
            Listing.Text(x.CreatedAt),
        ];

    private static void Write(Utf8JsonWriter to, RegistrationView x)
    {
        to.WriteString("username", x.User.Username);
        to.WriteString("email", x.Email);
        to.WriteString("reason", x.Reason);
        to.WritePropertyName("created_at");
        UtcTime.Write(to, x.CreatedAt);
    }
}
