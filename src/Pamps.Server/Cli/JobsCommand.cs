using System.CommandLine;
using System.Globalization;
using Pamps.Core.Jobs;

namespace Pamps.Server.Cli;

/// <summary><c>pamps jobs …</c>: the work that servers do in the background.</summary>
internal static class JobsCommand
{
    public static Command Create() =>
        new("jobs", "Look after background jobs") { JobsListCommand.Create(), Retry(), Drop() };

    private static Command Retry()
    {
        var (id, all) = Which("Every job that was given up");
        var command = new Command("retry", "Have jobs tried anew that failed") { id, all };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    parse.GetValue(id),
                    parse.GetValue(all),
                    async (jobs, one) =>
                    {
                        (await jobs.RetryAsync(one, ct)).OrFail();
                        Console.WriteLine($"A server tries job {one} anew.");
                        return 0;
                    },
                    async jobs =>
                    {
                        var retried = (await jobs.RetryAllAsync(ct)).OrFail();
                        Console.WriteLine(
                            retried == 0 ? "No job has failed." : $"A server tries {Count(retried)} anew."
                        );
                        return 0;
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Drop()
    {
        var (id, all) = Which("Every job that was given up");
        var force = Confirmation.Option();
        var command = new Command("drop", "Forget jobs: what they were to do is not done") { id, all, force };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    parse.GetValue(id),
                    parse.GetValue(all),
                    async (jobs, one) =>
                    {
                        (await jobs.DropAsync(one, ct)).OrFail();
                        Console.WriteLine($"Dropped job {one}.");
                        return 0;
                    },
                    async jobs =>
                    {
                        if (
                            !parse.GetValue(force)
                            && !await Confirmation.AskAsync(
                                "Drop every job that was given up?",
                                ct,
                                goOnAlone: true
                            )
                        )
                        {
                            return 1;
                        }
                        var dropped = (await jobs.DropAllAsync(ct)).OrFail();
                        Console.WriteLine(dropped == 0 ? "No job has failed." : $"Dropped {Count(dropped)}.");
                        return 0;
                    },
                    ct
                )
        );
        return command;
    }

    private static (Argument<long?> Id, Option<bool> All) Which(string all) =>
        (
            new("ID")
            {
                Description = "The job's id, as `pamps jobs list` shows it",
                Arity = ArgumentArity.ZeroOrOne,
            },
            new("--all") { Description = all }
        );

    private static Task<int> RunAsync(
        long? id,
        bool all,
        Func<ManageJobs, long, Task<int>> oneAsync,
        Func<ManageJobs, Task<int>> allAsync,
        CancellationToken ct
    )
    {
        if (id is null != all)
        {
            throw new UserErrorException("Say either a job's ID or --all.");
        }
        return PampsCommand.RunAsync(
            services =>
            {
                var jobs = services.GetRequiredService<ManageJobs>();
                return id is { } one ? oneAsync(jobs, one) : allAsync(jobs);
            },
            needsSchema: true,
            ct
        );
    }

    private static string Count(int jobs) =>
        jobs == 1 ? "1 job" : string.Create(CultureInfo.InvariantCulture, $"{jobs:N0} jobs");
}
