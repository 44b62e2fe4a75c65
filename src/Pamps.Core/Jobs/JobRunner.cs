using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Pamps.Core.Writes;

namespace Pamps.Core.Jobs;

/// <summary>
/// Runs the jobs that are due, a few at a time, until it is told to stop. Several instances share the work by leases: a job
/// whose instance has died is taken by another one when its lease has run out.
/// </summary>
public sealed partial class JobRunner
{
    private readonly JobQueue queue;
    private readonly TendJobs tend;
    private readonly JobOptions options;
    private readonly PampsOptions pamps;
    private readonly TimeProvider time;
    private readonly ILogger<JobRunner> logger;
    private readonly Dictionary<string, IJobHandler> handlers;

    internal JobRunner(
        JobQueue queue,
        TendJobs tend,
        JobOptions options,
        PampsOptions pamps,
        IEnumerable<IJobHandler> handlers,
        TimeProvider time,
        ILogger<JobRunner> logger
    )
    {
        (this.queue, this.tend, this.options, this.pamps) = (queue, tend, options, pamps);
        (this.time, this.logger) = (time, logger);
        this.handlers = handlers.ToDictionary(x => x.Kind);
    }

    /// <summary>Runs jobs until cancelled; then those that run are stopped and put back. A server that only reads has none.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (pamps.Db.ReadOnly || handlers.Count == 0)
        {
            return;
        }
        string[] kinds = [.. handlers.Keys];
        var running = new List<Task>();
        var hasFailed = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await tend.RunAsync(cancellationToken);
                running.RemoveAll(x => x.IsCompleted);
                var free = options.AtOnce - running.Count;
                if (free > 0 && await queue.IsAnyDueAsync(kinds, cancellationToken))
                {
                    var taken = await queue.TakeAsync(kinds, free, options.Lease, cancellationToken);
                    running.AddRange(
                        taken.Select(x =>
                            Task.Run(() => RunAsync(x, cancellationToken), CancellationToken.None)
                        )
                    );
                }
                hasFailed = false;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (!hasFailed)
                {
                    LogUnseen(exception.Message);
                }
                hasFailed = true;
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await queue
                .WaitAsync(options.Poll, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(running);
    }

    private async Task RunAsync(TakenJob job, CancellationToken stopping)
    {
        var handler = handlers[job.Run.Kind];
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        var keeping = KeepAsync(job, lost, ended.Token);
        var started = Stopwatch.GetTimestamp();
        Exception? failure = null;
        try
        {
            if (job.Run.Attempt > options.MaxAttempts && handler.GivesUp)
            {
                throw new InvalidOperationException("The server ended each time while it ran.");
            }
            await handler.RunAsync(job.Run, lost.Token);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        await ended.CancelAsync();
        await keeping;
        if (failure is null || !lost.IsCancellationRequested)
        {
            await RecordAsync(job, () => EndAsync(job, handler, started, failure), stopping);
        }
        else if (stopping.IsCancellationRequested)
        {
            await RecordAsync(
                job,
                () => queue.PutBackAsync(job, time.Now(), CancellationToken.None),
                stopping
            );
        }
        else
        {
            LogLost(job.Run.Kind, job.Run.Id);
        }
        queue.Wake();
    }

    private async Task EndAsync(TakenJob job, IJobHandler handler, long started, Exception? failure)
    {
        var now = time.Now();
        if (failure is null)
        {
            await (
                handler is IRecurringJob recurring
                    ? queue.RepeatAsync(job, now + recurring.Period, CancellationToken.None)
                    : queue.FinishAsync(job, CancellationToken.None)
            );
            Measures.RanJob(job.Run.Kind, started, "success");
            return;
        }
        var reason = JobError.Describe(failure);
        if (failure is DatabaseUnavailableException)
        {
            await queue.PutBackAsync(job, now + options.Pause, CancellationToken.None);
            Measures.RanJob(job.Run.Kind, started, "failure");
            LogFailed(job.Run.Kind, job.Run.Id, job.Run.Attempt, reason);
            return;
        }
        var isGivenUp = handler.GivesUp && job.Run.Attempt >= options.MaxAttempts;
        DateTime? next = isGivenUp ? null : now + options.PauseAfter(job.Run.Attempt, handler.LongestPause);
        await queue.FailAsync(job, reason, next, CancellationToken.None);
        Measures.RanJob(job.Run.Kind, started, isGivenUp ? "given_up" : "failure");
        if (isGivenUp)
        {
            LogGivenUp(job.Run.Kind, job.Run.Id, job.Run.Attempt, reason);
        }
        else
        {
            LogFailed(job.Run.Kind, job.Run.Id, job.Run.Attempt, reason);
        }
    }

    /// <summary>Prolongs the lease while the job runs, and stops the job once it is another's.</summary>
    private async Task KeepAsync(TakenJob job, CancellationTokenSource lost, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(options.Lease / 3, time, ended)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }
            try
            {
                if (!await queue.ProlongAsync(job, options.Lease, CancellationToken.None))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
            catch (Exception exception)
            {
                // The database may be away. As long as the lease lasts nobody else has the job.
                LogUnseen(exception.Message);
                if (time.Now() >= job.Until)
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
    }

    /// <summary>Writes down how a job ended; tried as long as the lease lasts, so that no job that is done is done again.</summary>
    private async Task RecordAsync(TakenJob job, Func<Task> recordAsync, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await recordAsync();
                return;
            }
            catch (Exception exception)
            {
                if (stopping.IsCancellationRequested || time.Now() >= job.Until)
                {
                    LogUnrecorded(job.Run.Kind, job.Run.Id, exception.Message);
                    return;
                }
            }
            await Task.Delay(options.Poll, time, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look after jobs: {Reason}")]
    private partial void LogUnseen(string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The job {Kind} {Id} failed at try {Attempt} and is tried again: {Reason}"
    )]
    private partial void LogFailed(string kind, long id, int attempt, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The job {Kind} {Id} failed at try {Attempt} and is given up; `pamps jobs` shows it: {Reason}"
    )]
    private partial void LogGivenUp(string kind, long id, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Kind} {Id} is another instance's by now")]
    private partial void LogLost(string kind, long id);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "How the job {Kind} {Id} ended could not be written down; it runs again: {Reason}"
    )]
    private partial void LogUnrecorded(string kind, long id, string reason);
}
