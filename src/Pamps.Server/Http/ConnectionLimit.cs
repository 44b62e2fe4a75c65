using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Pamps.Core;

namespace Pamps.Server.Http;

/// <summary>
/// How many connections are open at once. One more is closed before anything is read from it: else the process would run out of
/// files, and could not even open its database then.
/// </summary>
internal static class ConnectionLimit
{
    /// <summary>Connections beside the live streams, where nothing else is set.</summary>
    private const int Others = 10_000;

    /// <summary>Files that the program has open itself, roughly: its libraries, its log, SQLite's readers.</summary>
    private const int OwnFiles = 250;

    /// <summary>Where Linux says so.</summary>
    private const string Limits = "/proc/self/limits";

    /// <summary>Where files are so few that nothing would be left, a handful of browsers is served all the same.</summary>
    private const int Fewest = 100;

    public static void Set(KestrelServerLimits limits, PampsOptions options)
    {
        limits.MaxConcurrentConnections = Of(options);
        // WebSockets would not be counted, and nothing here is one.
        limits.MaxConcurrentUpgradedConnections = 0;
    }

    public static long Of(PampsOptions options)
    {
        if (options.Http.MaxConnections > 0)
        {
            return options.Http.MaxConnections;
        }
        var wanted = (long)options.Http.MaxStreams + Others;
        return OpenFiles() is { } files
            ? Math.Clamp(files - OwnFiles - Databases(options) * options.Db.MaxConnections, Fewest, wanted)
            : wanted;
    }

    /// <summary>Each replica has as many connections as the primary.</summary>
    private static int Databases(PampsOptions options) =>
        1 + options.Db.Replicas.Split(',', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>
    /// How many files the process may have open, which .NET has raised to the most that it is allowed; null where that is not told.
    /// </summary>
    private static long? OpenFiles()
    {
        const string name = "Max open files";
        if (!File.Exists(Limits))
        {
            return null;
        }
        var line = File.ReadLines(Limits).FirstOrDefault(x => x.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
            ? files
            : null;
    }
}
