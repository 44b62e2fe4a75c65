namespace Pamps.Http;

/// <summary>
/// Tells of a database that is not available: at once, and then once in a while however many requests it refuses. Each
/// request has its own line besides.
/// </summary>
internal sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger)
{
    private readonly OnceInAWhile pace = new(time);

    /// <summary>A request could not be answered.</summary>
    public void Report(string reason)
    {
        if (pace.Count() is > 0 and var times)
        {
            LogUnavailable(reason.ReplaceLineEndings(" "), times - 1);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database is not available: {Reason} (and {Others} times since this was last said)"
    )]
    private partial void LogUnavailable(string reason, long others);
}
