using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Pamps.Core;
using Pamps.Server.Http;

namespace Pamps.Server;

/// <summary>Logs go to standard output, a line each; as JSON where that is asked for.</summary>
internal static class Logs
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <param name="builder">The server to be.</param>
    /// <param name="options">How logs look.</param>
    /// <param name="hasStarted">Whether the server has come up.</param>
    public static void AddLogs(
        this WebApplicationBuilder builder,
        PampsOptions options,
        Func<bool> hasStarted
    )
    {
        builder.Logging.ClearProviders();
        // A token that opens nothing is the client's matter; the request's own line tells of it.
        builder.Logging.AddFilter("Pamps.Auth", LogLevel.Warning);
        // A line for each connection that is one too many; ConnectionLimitLog tells of them together.
        builder.Logging.AddFilter(ConnectionLimitLog.Category, LogLevel.Error);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        var formatter =
            options.Log.Format == "json" ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        if (formatter == ConsoleFormatterNames.Json)
        {
            builder.Logging.AddJsonConsole(x => x.UseUtcTimestamp = true);
        }
        else
        {
            builder.Logging.AddSimpleConsole(x =>
            {
                x.SingleLine = true;
                x.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                x.UseUtcTimestamp = true;
                x.ColorBehavior = Console.IsOutputRedirected
                    ? LoggerColorBehavior.Disabled
                    : LoggerColorBehavior.Default;
            });
        }
        if (!OperatingSystem.IsWindows())
        {
            // The framework's own may have to draw the colours itself on Windows.
            builder.Services.RemoveAll<ILoggerProvider>();
            builder.Services.AddSingleton<ILoggerProvider>(x => new ConsoleLog(
                x.GetServices<ConsoleFormatter>().Single(f => f.Name == formatter),
                new StreamWriter(Console.OpenStandardOutput())
            ));
        }
        // What goes wrong before that is thrown, and told in one line; the host would log its whole stack besides.
        builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Warning && hasStarted());
    }
}
