namespace Pamps.Http;

/// <summary>
/// Tells of a database that is not available: at once, and then once in a while however many requests it refuses. Each
/// request has its own line besides.
/// </summary>
internal sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? told;
    private int untold;

    /// <summary>A request could not be answered.</summary>
    public void Report(string reason)
    {
        int others;
        lock (gate)
        {
            if (told is { } last && time.GetElapsedTime(last) < Period)
            {
                untold++;
                return;
            }
            (others, untold) = (untold, 0);
            told = time.GetTimestamp();
        }
        LogUnavailable(reason.ReplaceLineEndings(" "), others);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database is not available: {Reason} (and {Others} times since this was last said)"
    )]
    private partial void LogUnavailable(string reason, int others);
}
