using System.Diagnostics.Metrics;
using Pamps.Core;

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
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly MeterListener listener = new();
    private readonly long most;
    private readonly TimeProvider time;
    private readonly ILogger<ConnectionLimitLog> logger;
    private readonly Lock gate = new();
    private long? told;
    private long untold;

    public ConnectionLimitLog(
        PampsOptions options,
        IMeterFactory meters,
        TimeProvider time,
        ILogger<ConnectionLimitLog> logger
    )
    {
        (most, this.time, this.logger) = (ConnectionLimit.Of(options), time, logger);
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
        lock (gate)
        {
            untold += count;
            if (told is { } last && time.GetElapsedTime(last) < Period)
            {
                return;
            }
            (count, untold, told) = (untold, 0, time.GetTimestamp());
        }
        LogRejected(count, most);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connections closed at once since this was last said: {Count}. {Most} are open, the most at a time (PAMPS_HTTP__MAX_CONNECTIONS)."
    )]
    private partial void LogRejected(long count, long most);
}
