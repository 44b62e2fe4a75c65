using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Audit;
using Pamps.Core.Users;
using Pamps.Http;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps audit [--account NAME] [--by NAME] [--kind KIND] [--since TIME] [--limit N] [--json]</c>: the security log.</summary>
internal static class AuditCommand
{
    private const int UsualLimit = 100;
    private const int MostLimit = 100_000;
    private const string Nothing = "The security log has nothing of that.";

    private static readonly string[] Columns =
    [
        "time",
        "last",
        "times",
        "kind",
        "account",
        "by",
        "network",
        "detail",
    ];

    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public static Command Create()
    {
        var account = new Option<string?>("--account")
        {
            Description = "Only what concerns this account: a user name, or the id of one that may be gone",
        };
        var by = new Option<string?>("--by")
        {
            Description =
                "Only what this account did: a user name, the id of one that may be gone, or operator for the command line",
        };
        var kind = new Option<string?>("--kind") { Description = "Only what is of this kind" };
        kind.AcceptOnlyFromAmong([.. SecurityEventKinds.All]);
        var since = new Option<string?>("--since")
        {
            Description =
                "Only what happened then or later: 2026-11-29 or 2026-11-29T10:30, UTC unless it says another zone",
        };
        var limit = new Option<int>("--limit")
        {
            Description = $"At most so many rows ({UsualLimit}; {MostLimit} at most)",
            DefaultValueFactory = _ => UsualLimit,
        };
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command("audit", "Show the security log, newest first")
        {
            account,
            by,
            kind,
            since,
            limit,
            json,
        };
        command.SetAction(
            (parse, ct) =>
            {
                var filter = new SecurityLogFilter(
                    parse.GetValue(account),
                    parse.GetValue(kind),
                    ReadTime(parse.GetValue(since)),
                    parse.GetValue(by)
                );
                var most = parse.GetValue(limit);
                if (most is < 1 or > MostLimit)
                {
                    throw new UserErrorException($"--limit is {most}; it must be 1 to {MostLimit}.");
                }
                return PampsCommand.RunAsync(
                    async services =>
                    {
                        var log = services.GetRequiredService<ReadSecurityLog>();
                        var rows = Listing.ReadAsync(
                            page => log.RunAsync(Viewer.Operator, filter, page, ct),
                            most,
                            ct
                        );
                        await (
                            parse.GetValue(json)
                                ? Listing.PrintJsonAsync(rows, Write, ct)
                                : Listing.PrintTablesAsync(rows, Columns, Cells, Nothing, ct)
                        );
                        return 0;
                    },
                    needsSchema: true,
                    ct
                );
            }
        );
        return command;
    }

    private static DateTime? ReadTime(string? text) =>
        text is null ? null
        : DateTime.TryParseExact(
            text,
            TimeForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
        : throw new UserErrorException(
            $"--since is '{text}'; a time looks like 2026-11-29 or 2026-11-29T10:30."
        );

    private static string[] Cells(SecurityEventView row) =>
        [
            Listing.Text(row.CreatedAt),
            row.Count == 1 ? "" : Listing.Text(row.LastAt),
            row.Count.ToString(CultureInfo.InvariantCulture),
            Markup.Escape(row.Kind),
            Markup.Escape(NameOf(row.UserId, row.Username)),
            Markup.Escape(NameOf(row.ActorId, row.ActorName)),
            Markup.Escape(row.Network ?? ""),
            Markup.Escape(row.Detail ?? ""),
        ];

    /// <summary>The name that somebody has now; of who is gone, the id.</summary>
    private static string NameOf(long? id, string? name) =>
        id == Viewer.Operator.Id
            ? Viewer.Operator.Username
            : name ?? id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static void Write(Utf8JsonWriter writer, SecurityEventView row)
    {
        writer.WriteNumber("id", row.Id);
        writer.WriteString("kind", row.Kind);
        writer.WritePropertyName("created_at");
        UtcTime.Write(writer, row.CreatedAt);
        writer.WritePropertyName("last_at");
        UtcTime.Write(writer, row.LastAt);
        writer.WriteNumber("count", row.Count);
        WriteWho(writer, "account", row.UserId, row.Username);
        WriteWho(writer, "by", row.ActorId, row.ActorName);
        writer.WriteString("network", row.Network);
        writer.WriteString("detail", row.Detail);
    }

    private static void WriteWho(Utf8JsonWriter writer, string field, long? id, string? name)
    {
        if (id is null)
        {
            writer.WriteNull(field);
            return;
        }
        writer.WriteStartObject(field);
        writer.WriteNumber("id", id.Value);
        writer.WriteString("username", id == Viewer.Operator.Id ? Viewer.Operator.Username : name);
        writer.WriteEndObject();
    }
}
