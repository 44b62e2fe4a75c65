using Microsoft.Extensions.Logging;
using Pamps.Core.Jobs;

namespace Pamps.Operations.Maintenance;

/// <summary>Sweeps every hour, in one instance of the server; the first time a while after the start, which has better to do.</summary>
internal sealed partial class SweepJob(Sweep sweep, ILogger<SweepJob> logger) : IRecurringJob
{
    public string Kind => "sweep";

    public TimeSpan Delay => TimeSpan.FromMinutes(5);

    public TimeSpan Period => TimeSpan.FromHours(1);

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var rows = await sweep.RunAsync(ct);
        if (rows > 0)
        {
            LogSwept(rows);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Swept {Rows} expired rows")]
    private partial void LogSwept(int rows);
}
