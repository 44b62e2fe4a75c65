using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pamps.Core.Jobs;
using Pamps.Http;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps jobs list [--failed] [--json]</c>.</summary>
internal static class JobsListCommand
{
    private const int RowsPerTable = 500;

    public static Command Create()
    {
        var failed = new Option<bool>("--failed") { Description = "Only jobs that were given up" };
        var json = new Option<bool>("--json") { Description = "Print a JSON array, for scripts" };
        var command = new Command("list", "List jobs that wait, run or failed") { failed, json };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var onlyFailed = parse.GetValue(failed);
                        var jobs = ReadAllAsync(services.GetRequiredService<ManageJobs>(), onlyFailed, ct);
                        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
                        await (
                            parse.GetValue(json)
                                ? PrintJsonAsync(jobs, now, ct)
                                : PrintTableAsync(jobs, now, onlyFailed, ct)
                        );
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static async IAsyncEnumerable<JobView> ReadAllAsync(
        ManageJobs jobs,
        bool failed,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var last = 0L;
        while (await jobs.ListAsync(failed, last, ct) is { Count: > 0 } page)
        {
            foreach (var job in page)
            {
                yield return job;
            }
            last = page[^1].Id;
        }
    }

    private static async Task PrintTableAsync(
        IAsyncEnumerable<JobView> jobs,
        DateTime now,
        bool failed,
        CancellationToken ct
    )
    {
        var (console, table, isAny) = (Terminal.Open(), MakeTable(), false);
        await foreach (var job in jobs.WithCancellation(ct))
        {
            if (table.Rows.Count == RowsPerTable)
            {
                console.Write(table);
                table = MakeTable();
            }
            isAny = true;
            var state = StateOf(job, now);
            table.AddRow(
                job.Id.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(job.Kind),
                Markup.Escape(job.Key ?? ""),
                state == "failed" ? "[red]failed[/]" : state,
                job.RunAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                job.Attempts.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(job.Error ?? "")
            );
        }
        if (isAny)
        {
            console.Write(table);
        }
        else
        {
            Console.WriteLine(failed ? "No job has failed." : "There are no jobs.");
        }
    }

    private static Table MakeTable() =>
        new Table()
            .AddColumn("id")
            .AddColumn("kind")
            .AddColumn("key")
            .AddColumn("state")
            .AddColumn("due")
            .AddColumn("tries")
            .AddColumn("error");

    private static async Task PrintJsonAsync(
        IAsyncEnumerable<JobView> jobs,
        DateTime now,
        CancellationToken ct
    )
    {
        await using var output = Console.OpenStandardOutput();
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        await foreach (var job in jobs.WithCancellation(ct))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", job.Id);
            writer.WriteString("kind", job.Kind);
            writer.WriteString("key", job.Key);
            writer.WriteString("state", StateOf(job, now));
            writer.WritePropertyName("run_at");
            UtcTime.Write(writer, job.RunAt);
            writer.WriteNumber("attempts", job.Attempts);
            writer.WriteString("error", job.Error);
            if (job.FailedAt is { } failedAt)
            {
                writer.WritePropertyName("failed_at");
                UtcTime.Write(writer, failedAt);
            }
            else
            {
                writer.WriteNull("failed_at");
            }
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

    private static string StateOf(JobView job, DateTime now) =>
        job.FailedAt is not null ? "failed"
        : job.IsRunningAt(now) ? "running"
        : "waiting";
}
