using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Audit;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Http;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps audit [--account NAME] [--by NAME] [--kind KIND] [--since TIME] [--limit N] [--json]</c>: the security log.</summary>
internal static class AuditCommand
{
    private const int UsualLimit = 100;
    private const int MostLimit = 100_000;
    private const int RowsPerTable = 500;

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
                        var rows = ReadAsync(log, filter, most, ct);
                        await (parse.GetValue(json) ? PrintJsonAsync(rows, ct) : PrintTableAsync(rows, ct));
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

    private static async IAsyncEnumerable<SecurityEventView> ReadAsync(
        ReadSecurityLog log,
        SecurityLogFilter filter,
        int most,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        PageRequest? next = new(Math.Min(most, PageRequest.MaxLimit));
        while (next is not null && most > 0)
        {
            var page = (
                await log.RunAsync(
                    Viewer.Operator,
                    filter,
                    next with
                    {
                        Limit = Math.Min(most, PageRequest.MaxLimit),
                    },
                    ct
                )
            ).OrFail();
            foreach (var row in page.Items)
            {
                yield return row;
            }
            most -= page.Items.Count;
            next = page.Next;
        }
    }

    private static async Task PrintTableAsync(IAsyncEnumerable<SecurityEventView> rows, CancellationToken ct)
    {
        var (console, table, isAny) = (Terminal.Open(), MakeTable(), false);
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (table.Rows.Count == RowsPerTable)
            {
                console.Write(table);
                table = MakeTable();
            }
            isAny = true;
            table.AddRow(
                Text(row.CreatedAt),
                row.Count == 1 ? "" : Text(row.LastAt),
                row.Count.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(row.Kind),
                Markup.Escape(NameOf(row.UserId, row.Username)),
                Markup.Escape(NameOf(row.ActorId, row.ActorName)),
                Markup.Escape(row.Network ?? ""),
                Markup.Escape(row.Detail ?? "")
            );
        }
        if (isAny)
        {
            console.Write(table);
        }
        else
        {
            Console.WriteLine("The security log has nothing of that.");
        }
    }

    private static Table MakeTable() =>
        new Table()
            .AddColumn("time")
            .AddColumn("last")
            .AddColumn("times")
            .AddColumn("kind")
            .AddColumn("account")
            .AddColumn("by")
            .AddColumn("network")
            .AddColumn("detail");

    private static string Text(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The name that somebody has now; of who is gone, the id.</summary>
    private static string NameOf(long? id, string? name) =>
        id == Viewer.Operator.Id
            ? Viewer.Operator.Username
            : name ?? id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static async Task PrintJsonAsync(IAsyncEnumerable<SecurityEventView> rows, CancellationToken ct)
    {
        // Looked for before anything is printed, since a refusal comes with the first row.
        await using var each = rows.GetAsyncEnumerator(ct);
        var isThere = await each.MoveNextAsync();
        await using var output = Console.OpenStandardOutput();
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        for (; isThere; isThere = await each.MoveNextAsync())
        {
            var row = each.Current;
            writer.WriteStartObject();
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
