using Pamps.Core;
using Pamps.Core.Maintenance;

namespace Pamps.Server;

/// <summary>Sweeps what has expired: a while after the start, which has better to do, and then every hour.</summary>
internal sealed partial class SweepService(
    Sweep sweep,
    PampsOptions options,
    TimeProvider time,
    ILogger<SweepService> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Db.ReadOnly)
        {
            return;
        }
        await Task.Delay(TimeSpan.FromMinutes(5), time, stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            try
            {
                var rows = await sweep.RunAsync(stoppingToken);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Swept {Rows} expired rows")]
    private partial void LogSwept(int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not sweep expired rows: {Reason}")]
    private partial void LogFailed(string reason);
}
