using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Moderation;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Http;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps moderate …</c>: reports, and what follows from them.</summary>
internal static class ModerateCommand
{
    private static readonly string[] Columns = ["id", "user", "why", "says", "posts", "by", "made", "closed"];

    public static Command Create() =>
        new("moderate", "Read reports, and act on who is reported")
        {
            Reports(),
            Show(),
            Accounts(),
            Answer(
                "approve",
                "Let in who has registered and waits (pamps registrations)",
                "{0} is let in",
                (approve, who, ct) => approve.RunAsync(Viewer.Operator, who, ct)
            ),
            Answer(
                "refuse",
                "Refuse who has registered: the account goes, and its name is free",
                "{0} is refused",
                (approve, who, ct) => approve.UndoAsync(Viewer.Operator, who, ct)
            ),
            Close("resolve", "Be done with a report", dismissed: false),
            Close("dismiss", "Be done with a report where nothing was to be done", dismissed: true),
            Act(ModerationKind.Warn, "warn", "Tell somebody something", "{0} is warned"),
            Act(
                ModerationKind.Silence,
                "silence",
                "Have none but their followers find somebody",
                "{0} is silenced"
            ),
            Act(ModerationKind.Unsilence, "unsilence", "End that", "{0} is silenced no more"),
            Act(
                ModerationKind.Suspend,
                "suspend",
                $"Close an account and hide all that is in it; after {ModeratePerson.EraseAfterDays} days it is erased",
                "{0} is suspended"
            ),
            Act(
                ModerationKind.Restore,
                "restore",
                "Open it again, and show all that was hidden",
                "{0} is restored"
            ),
            Act(
                ModerationKind.Note,
                "note",
                "Keep a note about somebody, for moderators",
                "it is noted of {0}"
            ),
            Act(
                ModerationKind.DeletePosts,
                "delete-posts",
                "Delete posts of somebody",
                "the posts of {0} are deleted"
            ),
            Act(
                ModerationKind.MarkSensitive,
                "mark-sensitive",
                "Cover the pictures of posts of somebody until a reader wants to see them",
                "the posts of {0} are covered"
            ),
            Act(
                ModerationKind.UnmarkSensitive,
                "unmark-sensitive",
                "End that",
                "the posts of {0} are covered no more"
            ),
        };

    private static Command Reports()
    {
        var closed = new Option<bool>("--closed") { Description = "Those that are closed, newest first" };
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command("reports", "List the open reports, oldest first") { closed, json };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    services =>
                    {
                        var reports = services.GetRequiredService<ReadReports>();
                        var all = Listing.ReadAsync(
                            page => reports.ListAsync(Viewer.Operator, !parse.GetValue(closed), page, ct),
                            ct: ct
                        );
                        return parse.GetValue(json)
                            ? Listing.PrintJsonAsync(all, Write, ct)
                            : Listing.PrintTablesAsync(all, Columns, Cells, "There are no such reports.", ct);
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Show()
    {
        var id = ReportId();
        var command = new Command(
            "show",
            "Show a report with what was reported, and what was done to the person"
        )
        {
            id,
        };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var whole = (
                            await services
                                .GetRequiredService<ReadReports>()
                                .OneAsync(Viewer.Operator, parse.GetRequiredValue(id), ct)
                        ).OrFail();
                        Print(whole);
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Accounts()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var command = new Command(
            "accounts",
            $"List up to {FindOtherAccounts.Most} accounts that came from the same networks as somebody's"
        )
        {
            username,
        };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var find = services.GetRequiredService<FindOtherAccounts>();
                        var who = parse.GetRequiredValue(username);
                        foreach (var x in (await find.RunAsync(Viewer.Operator, who, ct)).OrFail())
                        {
                            Console.WriteLine(
                                $"{x.Person.User.Username}, last on {Listing.Text(x.LastAt)}, networks: {x.NetworksCount}{(x.Person.SuspendedAt is null ? "" : ", closed")}"
                            );
                        }
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Close(string name, string description, bool dismissed)
    {
        var id = ReportId();
        var command = new Command(name, description) { id };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var which = parse.GetRequiredValue(id);
                        (
                            await services
                                .GetRequiredService<CloseReport>()
                                .RunAsync(Viewer.Operator, which, dismissed, ct)
                        ).OrFail();
                        Console.WriteLine($"report {which} is {(dismissed ? "dismissed" : "resolved")}");
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Act(ModerationKind kind, string name, string description, string done)
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var posts = new Argument<long[]>("ID")
        {
            Description = "The posts' ids",
            Arity = ModeratePerson.NamesPosts(kind) ? ArgumentArity.OneOrMore : ArgumentArity.Zero,
        };
        var message = new Option<string?>("--message") { Description = "What the person is told" };
        var report = new Option<long?>("--report")
        {
            Description = "The report that leads to it, closed with it",
        };
        var command = new Command(name, description) { username };
        if (ModeratePerson.NamesPosts(kind))
        {
            command.Add(posts);
        }
        command.Add(message);
        command.Add(report);
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var who = parse.GetRequiredValue(username);
                        var order = new ModerationOrder(kind)
                        {
                            Message = parse.GetValue(message),
                            ReportId = parse.GetValue(report),
                            PostIds = ModeratePerson.NamesPosts(kind) ? parse.GetRequiredValue(posts) : [],
                        };
                        (
                            await services
                                .GetRequiredService<ModeratePerson>()
                                .RunAsync(Viewer.Operator, who, order, ct)
                        ).OrFail();
                        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, done, who));
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Answer(
        string name,
        string description,
        string done,
        Func<ApproveRegistration, string, CancellationToken, Task<Result<Done>>> runAsync
    )
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var command = new Command(name, description) { username };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var who = parse.GetRequiredValue(username);
                        (
                            await runAsync(services.GetRequiredService<ApproveRegistration>(), who, ct)
                        ).OrFail();
                        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, done, who));
                    },
                    ct
                )
        );
        return command;
    }

    private static Argument<long> ReportId() => new("ID") { Description = "The report's id, from the list" };

    private static Task<int> RunAsync(Func<IServiceProvider, Task> runAsync, CancellationToken ct) =>
        PampsCommand.RunAsync(
            async services =>
            {
                await runAsync(services);
                return 0;
            },
            needsSchema: true,
            ct
        );

    private static string[] Cells(ReportView x) =>
        [
            x.Id.ToString(CultureInfo.InvariantCulture),
            Markup.Escape(x.Person.Username),
            x.Category.ToWord(),
            Markup.Escape(x.Text ?? ""),
            x.PostsCount.ToString(CultureInfo.InvariantCulture),
            Markup.Escape(x.Reporter?.Username ?? "-"),
            Listing.Text(x.CreatedAt),
            x.ClosedAt is { } closed ? Listing.Text(closed) : "",
        ];

    private static void Write(Utf8JsonWriter to, ReportView x)
    {
        to.WriteNumber("id", x.Id);
        to.WriteString("username", x.Person.Username);
        to.WriteString("reporter", x.Reporter?.Username);
        to.WriteString("category", x.Category.ToWord());
        to.WriteString("text", x.Text);
        to.WriteNumber("posts_count", x.PostsCount);
        to.WritePropertyName("created_at");
        UtcTime.Write(to, x.CreatedAt);
        to.WritePropertyName("closed_at");
        if (x.ClosedAt is { } closed)
        {
            UtcTime.Write(to, closed);
        }
        else
        {
            to.WriteNullValue();
        }
    }

    private static void Print(WholeReport whole)
    {
        var (report, person) = (whole.Report, whole.Person);
        Console.WriteLine(
            $"{report.Reporter?.Username ?? "Somebody"} reported {person.User.Username} ({person.Role.ToWord()}) on {Listing.Text(report.CreatedAt)}: {report.Category.ToWord()}"
        );
        if (report.Text is not null)
        {
            Console.WriteLine(report.Text);
        }
        foreach (var post in whole.Posts)
        {
            Console.WriteLine($"\npost {post.Id}{(post.IsThere ? "" : ", deleted since")}:\n{post.Text}");
        }
        if (person.SilencedAt is { } silenced)
        {
            Console.WriteLine($"\nsilenced since {Listing.Text(silenced)}");
        }
        if (person.SuspendedAt is { } suspended)
        {
            var erased = person.EraseAt is { } at ? $", erased on {Listing.Text(at)}" : "";
            Console.WriteLine($"\nclosed since {Listing.Text(suspended)}{erased}");
        }
        foreach (var done in whole.History.Items)
        {
            Console.WriteLine(
                $"\n{Listing.Text(done.CreatedAt)} {WordOf(done.Kind)} by {done.By ?? "operator"}{(done.Message is null ? "" : ": " + done.Message)}"
            );
        }
    }

    private static string WordOf(ModerationKind kind) =>
        kind switch
        {
            ModerationKind.Warn => "warned",
            ModerationKind.DeletePosts => "posts deleted",
            ModerationKind.Silence => "silenced",
            ModerationKind.Unsilence => "silenced no more",
            ModerationKind.Suspend => "suspended",
            ModerationKind.Note => "note",
            ModerationKind.MarkSensitive => "posts covered",
            ModerationKind.UnmarkSensitive => "posts covered no more",
            _ => "restored",
        };
}
