using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Pamps.Server;

/// <summary>
/// Writes logs to standard output in batches. The framework's own console writes and flushes each line by itself, which
/// on a busy server costs more than reading the database; the lines here are made by the framework's formatters too.
/// </summary>
internal sealed class ConsoleLog : ILoggerProvider
{
    /// <summary>How long a line waits for others; errors do not wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the reader of the logs stands still, those who log wait rather than fill the memory.</summary>
    private const int MaxWaiting = 4 * 1024 * 1024;

    private readonly ConsoleFormatter formatter;
    private readonly TextWriter output;
    private readonly object gate = new();
    private readonly Thread writer;
    private StringBuilder waiting = new();
    private StringBuilder writing = new();
    private bool isUrgent;
    private bool isDisposed;

    public ConsoleLog(ConsoleFormatter formatter, TextWriter output)
    {
        (this.formatter, this.output) = (formatter, output);
        writer = new Thread(Write) { IsBackground = true, Name = "Console log" };
        writer.Start();
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Monitor.PulseAll(gate);
        }
        writer.Join(TimeSpan.FromSeconds(5));
    }

    private void Add(StringBuilder line, bool urgent)
    {
        lock (gate)
        {
            while (waiting.Length > MaxWaiting && !isDisposed)
            {
                Monitor.Wait(gate);
            }
            var wasEmpty = waiting.Length == 0;
            waiting.Append(line);
            if (wasEmpty || (urgent && !isUrgent))
            {
                isUrgent |= urgent;
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Write()
    {
        while (true)
        {
            lock (gate)
            {
                while (waiting.Length == 0)
                {
                    if (isDisposed)
                    {
                        return;
                    }
                    Monitor.Wait(gate);
                }
                if (!isUrgent && !isDisposed)
                {
                    Monitor.Wait(gate, Patience);
                }
                isUrgent = false;
                (waiting, writing) = (writing, waiting);
                Monitor.PulseAll(gate);
            }
            try
            {
                output.Write(writing);
                output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads the logs any more, or the disk they go to is full. The server goes on.
            }
            writing.Clear();
        }
    }

    private sealed class Logger(ConsoleLog log, string category) : ILogger
    {
        [ThreadStatic]
        private static StringWriter? line;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            line ??= new StringWriter();
            var entry = new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter);
            log.formatter.Write(in entry, scopeProvider: null, line);
            var text = line.GetStringBuilder();
            if (text.Length > 0)
            {
                log.Add(text, urgent: logLevel >= LogLevel.Error);
                text.Clear();
            }
        }
    }
}
