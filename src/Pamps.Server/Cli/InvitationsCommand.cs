using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Http;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps invitations …</c>: who may register where the site asks for an invitation.</summary>
internal static class InvitationsCommand
{
    private static readonly string[] Columns = ["id", "by", "used", "made", "ends", "link"];

    public static Command Create() =>
        new("invitations", "Invite people to register") { Make(), List(), End() };

    private static Command Make()
    {
        var uses = new Option<int>("--uses")
        {
            Description = $"How many may register with it (1; {Invite.MaxUses} at most)",
            DefaultValueFactory = _ => 1,
        };
        var days = new Option<int>("--days")
        {
            Description = $"How many days it is good (7; {Invite.MaxDays} at most)",
            DefaultValueFactory = _ => 7,
        };
        var command = new Command("create", "Print a link with which people register") { uses, days };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async (invite, options) =>
                    {
                        var made = (
                            await invite.RunAsync(
                                Viewer.Operator,
                                parse.GetValue(uses),
                                parse.GetValue(days),
                                ct
                            )
                        ).OrFail();
                        Console.WriteLine(made.LinkAt(SiteAddress.Of(options)));
                        var who = made.Uses == 1 ? "One person" : $"{made.Uses} people";
                        Console.Error.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{who} can register with this link until {made.ExpiresAt:yyyy-MM-dd HH:mm} UTC."
                            )
                        );
                        if (options.Site.IsClosed)
                        {
                            Console.Error.WriteLine(
                                "PAMPS_SITE__REGISTRATION is closed: nobody can as long as it is."
                            );
                        }
                        SiteAddress.WarnIfUnset(options, "/sign-up");
                    },
                    ct
                )
        );
        return command;
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command("list", "List everybody's invitations, newest first") { json };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    (invite, options) =>
                    {
                        var all = Listing.ReadAsync(
                            page => invite.ListAllAsync(Viewer.Operator, page, ct),
                            ct: ct
                        );
                        var origin = SiteAddress.Of(options);
                        return parse.GetValue(json)
                            ? Listing.PrintJsonAsync(all, (to, x) => Write(to, x, origin), ct)
                            : Listing.PrintTablesAsync(
                                all,
                                Columns,
                                x => Cells(x, origin),
                                "There are no invitations.",
                                ct
                            );
                    },
                    ct
                )
        );
        return command;
    }

    private static Command End()
    {
        var id = new Argument<long>("ID") { Description = "The invitation's id, from the list" };
        var command = new Command("end", "End an invitation: nobody registers with it any more") { id };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async (invite, _) =>
                    {
                        var which = parse.GetRequiredValue(id);
                        (await invite.UndoAsync(Viewer.Operator, which, ct)).OrFail();
                        Console.WriteLine($"Nobody registers with invitation {which} any more.");
                    },
                    ct
                )
        );
        return command;
    }

    private static Task<int> RunAsync(Func<Invite, PampsOptions, Task> runAsync, CancellationToken ct) =>
        PampsCommand.RunAsync(
            async services =>
            {
                await runAsync(
                    services.GetRequiredService<Invite>(),
                    services.GetRequiredService<PampsOptions>()
                );
                return 0;
            },
            needsSchema: true,
            ct
        );

    private static string[] Cells(InvitationView x, string origin) =>
        [
            x.Id.ToString(CultureInfo.InvariantCulture),
            Markup.Escape(x.By ?? "operator"),
            string.Create(CultureInfo.InvariantCulture, $"{x.Used} of {x.Uses}"),
            Listing.Text(x.CreatedAt),
            Listing.Text(x.ExpiresAt),
            Markup.Escape(x.LinkAt(origin)),
        ];

    private static void Write(Utf8JsonWriter to, InvitationView x, string origin)
    {
        to.WriteNumber("id", x.Id);
        to.WriteString("by", x.By);
        to.WriteNumber("uses", x.Uses);
        to.WriteNumber("used", x.Used);
        to.WritePropertyName("created_at");
        UtcTime.Write(to, x.CreatedAt);
        to.WritePropertyName("expires_at");
        UtcTime.Write(to, x.ExpiresAt);
        to.WriteString("link", x.LinkAt(origin));
    }
}
