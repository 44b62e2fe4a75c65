using Microsoft.Extensions.Logging;

namespace Pamps.Tests.Host;

/// <summary>Is told all that a server logs.</summary>
internal abstract class LogListener : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public abstract void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    );

    public void Dispose() => GC.SuppressFinalize(this);
}
