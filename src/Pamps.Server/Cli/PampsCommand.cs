using Microsoft.Extensions.Logging.Console;
using Pamps.Core.Audit;
using Pamps.Core.Results;
using Pamps.Media.S3;
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
        await using var provider = Open(NoFlags);
        await PrepareDatabase.RunAsync(provider, needsSchema, Console.Error.WriteLine, cancellationToken);
        return await run(provider);
    }

    /// <summary>The operations on a database whose schema is left as it is.</summary>
    /// <param name="uri">The database's URI; null for that of the settings.</param>
    /// <param name="flag">The flag that it came with, to be named when it cannot be read.</param>
    /// <param name="mustExist">Whether an SQLite file that is not there is an error, and not made.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    public static async Task<ServiceProvider> OpenAsync(
        string? uri,
        string flag,
        bool mustExist,
        CancellationToken cancellationToken
    )
    {
        var flags = new Dictionary<string, string?>();
        if (uri is not null)
        {
            // Read here first, so that an error names the flag.
            _ = DatabaseUri.Parse(uri, flag);
            flags["DB:URI"] = uri;
            // Those that are set replicate another database.
            flags["DB:REPLICAS"] = "";
        }
        var where = PampsServices.UriOf(ReadSettings.Run(flags).Options);
        if (mustExist && where is DatabaseUri.Sqlite file && !File.Exists(file.Path))
        {
            throw new UserErrorException($"There is no SQLite database at {Path.GetFullPath(file.Path)}.");
        }
        var provider = Open(flags);
        try
        {
            await PrepareDatabase.RunAsync(
                provider,
                needsSchema: false,
                Console.Error.WriteLine,
                cancellationToken
            );
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    private static ServiceProvider Open(IReadOnlyDictionary<string, string?> flags)
    {
        var settings = ReadSettings.Run(flags);
        var services = new ServiceCollection();
        services.AddLogging(logging =>
            logging
                .AddSimpleConsole(x => x.SingleLine = true)
                .Services.Configure<ConsoleLoggerOptions>(x => x.LogToStandardErrorThreshold = LogLevel.Trace)
        );
        // A command says itself what it has done; the log that is kept of that is in the database.
        services.AddLogging(x => x.AddFilter(SecurityEventKinds.Category, LogLevel.None));
        services.AddLogging(x => x.AddFilter(typeof(S3MediaStore).FullName, LogLevel.None));
        services.AddPamps(settings);
        return services.BuildServiceProvider();
    }

    /// <summary>The value of a result; a refusal ends the command with its sentence.</summary>
    public static T OrFail<T>(this Result<T> result) =>
        result.IsRefused(out var error) ? throw new UserErrorException(error.Message) : result.Value;
}
