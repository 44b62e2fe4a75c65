using System.Diagnostics;
using Pamps.Core;
using Pamps.Core.Instances;
using Pamps.Operations.Maintenance;

namespace Pamps.Server;

/// <summary>
/// Sweeps what has expired: a while after the start, which has better to do, and then every hour. Of several copies one
/// does it; when that is gone, another one within the hour.
/// </summary>
internal sealed partial class SweepService(
    Sweep sweep,
    Leases leases,
    PampsOptions options,
    TimeProvider time,
    ILogger<SweepService> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Shorter than the period, so that who swept an hour ago, as its clock says, may again.</summary>
    private static readonly TimeSpan Lease = Period - TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Db.ReadOnly)
        {
            return;
        }
        await Task.Delay(TimeSpan.FromMinutes(5), time, stoppingToken);
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                if (!await leases.TryTakeAsync("sweep", Lease, stoppingToken))
                {
                    continue;
                }
                var rows = await SweepAsync(stoppingToken);
                if (rows > 0)
                {
                    LogSwept(rows);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away; what has expired is refused anyway, so the next hour is soon enough.
                LogFailed(exception.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> SweepAsync(CancellationToken stoppingToken)
    {
        var (started, succeeded) = (Stopwatch.GetTimestamp(), false);
        try
        {
            var rows = await sweep.RunAsync(stoppingToken);
            succeeded = true;
            return rows;
        }
        finally
        {
            Measures.RanJob("sweep", started, succeeded);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Swept {Rows} expired rows")]
    private partial void LogSwept(int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not sweep expired rows: {Reason}")]
    private partial void LogFailed(string reason);
}
