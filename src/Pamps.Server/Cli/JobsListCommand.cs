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
    private static readonly string[] Columns = ["id", "kind", "key", "state", "due", "tries", "error"];

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
                                ? Listing.PrintJsonAsync(
                                    jobs,
                                    (x, job) => Write(x, job, StateOf(job, now)),
                                    ct
                                )
                                : Listing.PrintTablesAsync(
                                    jobs,
                                    Columns,
                                    job => Cells(job, StateOf(job, now)),
                                    onlyFailed ? "No job has failed." : "There are no jobs.",
                                    ct
                                )
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

    private static string[] Cells(JobView job, string state) =>
        [
            job.Id.ToString(CultureInfo.InvariantCulture),
            Markup.Escape(job.Kind),
            Markup.Escape(job.Key ?? ""),
            state == "failed" ? "[red]failed[/]" : state,
            Listing.Text(job.RunAt),
            job.Attempts.ToString(CultureInfo.InvariantCulture),
            Markup.Escape(job.Error ?? ""),
        ];

    private static void Write(Utf8JsonWriter writer, JobView job, string state)
    {
        writer.WriteNumber("id", job.Id);
        writer.WriteString("kind", job.Kind);
        writer.WriteString("key", job.Key);
        writer.WriteString("state", state);
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
    }

    private static string StateOf(JobView job, DateTime now) =>
        job.FailedAt is not null ? "failed"
        : job.IsRunningAt(now) ? "running"
        : "waiting";
}
