using System.Diagnostics.Metrics;
using Pamps.Core;
using Pamps.Http;

namespace Pamps.Server.Http;

/// <summary>
/// Tells of connections that were one too many: at once, and then once in a while however many there are. The web server's own line
/// for each of them is not written: a flood would become one of lines, for which requests would wait.
/// </summary>
internal sealed partial class ConnectionLimitLog : IHostedService, IDisposable
{
    /// <summary>The log that only tells of these at the level of a warning.</summary>
    public const string Category = "Microsoft.AspNetCore.Server.Kestrel.Connections";

    private const string Instrument = "kestrel.rejected_connections";

    private readonly MeterListener listener = new();
    private readonly long most;
    private readonly OnceInAWhile pace;
    private readonly ILogger<ConnectionLimitLog> logger;

    public ConnectionLimitLog(
        PampsOptions options,
        IMeterFactory meters,
        TimeProvider time,
        ILogger<ConnectionLimitLog> logger
    )
    {
        (most, pace, this.logger) = (ConnectionLimit.Of(options), new(time), logger);
        listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other servers in the process count their own.
            if (instrument.Name == Instrument && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Report(count));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    private void Report(long count)
    {
        if (pace.Count(count) is > 0 and var all)
        {
            LogRejected(all, most);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connections closed at once since this was last said: {Count}. {Most} are open, the most at a time (PAMPS_HTTP__MAX_CONNECTIONS)."
    )]
    private partial void LogRejected(long count, long most);
}
