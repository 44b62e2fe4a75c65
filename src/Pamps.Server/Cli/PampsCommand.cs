using Microsoft.Extensions.Logging.Console;
using Pamps.Core.Results;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary>What the commands that work on the data have in common.</summary>
internal static class PampsCommand
{
    private static readonly Dictionary<string, string?> NoFlags = [];

    /// <summary>Runs a command with the operations at hand.</summary>
    /// <param name="run">The command; answers with the exit code.</param>
    /// <param name="needsSchema">Whether the schema must be current; it is brought up where that is safe.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    public static async Task<int> RunAsync(
        Func<IServiceProvider, Task<int>> run,
        bool needsSchema,
        CancellationToken cancellationToken
    )
    {
        var settings = ReadSettings.Run(NoFlags);
        var services = new ServiceCollection();
        services.AddLogging(logging =>
            logging
                .AddFilter(
                    "Microsoft.EntityFrameworkCore",
                    settings.Options.Db.Echo ? LogLevel.Information : LogLevel.None
                )
                .AddSimpleConsole(x => x.SingleLine = true)
                .Services.Configure<ConsoleLoggerOptions>(x => x.LogToStandardErrorThreshold = LogLevel.Trace)
        );
        services.AddPamps(settings);
        await using var provider = services.BuildServiceProvider();
        await PrepareDatabase.RunAsync(provider, needsSchema, Console.Error.WriteLine, cancellationToken);
        return await run(provider);
    }

    /// <summary>The value of a result; a refusal ends the command with its sentence.</summary>
    public static T OrFail<T>(this Result<T> result) =>
        result.IsRefused(out var error) ? throw new UserErrorException(error.Message) : result.Value;
}
