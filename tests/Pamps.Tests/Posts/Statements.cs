using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Pamps.Tests.Posts;

/// <summary>Keeps the SQL that the server logs when it is told to.</summary>
internal sealed class Statements : ILoggerProvider, ILogger
{
    public const string Category = "Pamps.Core.Reads.Sql";

    private readonly ConcurrentQueue<string> seen = new();

    /// <summary>What was seen since this was last asked.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (seen.TryDequeue(out var statement))
        {
            taken.Add(statement);
        }
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => seen.Enqueue(formatter(state, exception));

    public void Dispose() { }
}
