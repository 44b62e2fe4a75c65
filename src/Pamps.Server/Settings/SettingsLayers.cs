using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>
/// Where settings come from, the later winning: defaults in code, appsettings.json, appsettings.{environment}.json
/// (beside the program, then in the current folder, where outside Development they must be trusted), user secrets in Development, HOST, PORT and APP_ORIGIN, the
/// environment's PAMPS_ variables, the command line.
/// </summary>
internal static class SettingsLayers
{
    public const string Prefix = "PAMPS_";
    public static readonly string[] Unprefixed = ["HOST", "PORT", "APP_ORIGIN"];

    /// <summary>Names that the workshop knew and that mean nothing here, or that are read elsewhere.</summary>
    private static readonly string[] Tolerated = ["ENV", "DB__CONNECT_ARGS"];

    public static IConfigurationRoot Build(
        string environment,
        IReadOnlyDictionary<string, string?> commandLine
    )
    {
        var builder = new ConfigurationBuilder();
        string[] names = ["appsettings.json", $"appsettings.{environment}.json"];
        foreach (var name in names)
        {
            builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, name), optional: true);
        }
        foreach (
            var file in names.Select(Path.GetFullPath).Where(x => !IsBesideTheProgram(x) && File.Exists(x))
        )
        {
            if (environment != Environments.Development)
            {
                TrustedFile.Check(file);
            }
            builder.AddJsonFile(file, optional: true);
        }
        if (environment == Environments.Development)
        {
            builder.AddUserSecrets(Assembly.GetExecutingAssembly(), optional: true);
        }
        var plain = Unprefixed
            .Select(x => KeyValuePair.Create(x, Environment.GetEnvironmentVariable(x)))
            .Where(x => !string.IsNullOrEmpty(x.Value));
        try
        {
            return builder
                .AddInMemoryCollection(plain)
                .AddEnvironmentVariables(Prefix)
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (InvalidDataException exception)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }

    private static bool IsBesideTheProgram(string file) =>
        Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>PAMPS_ variables that name no setting: most likely typing errors.</summary>
    public static IEnumerable<string> FindUnknownVariables()
    {
        var known = SettingsTable
            .Read()
            .Select(x => x.Variable[Prefix.Length..])
            .Concat(Tolerated)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(x => (string)x.Key)
            .Where(x => x.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Where(x =>
                !known.Contains(x[Prefix.Length..])
                && !x.StartsWith("PAMPS_LOGGING__", StringComparison.OrdinalIgnoreCase)
            )
            .Order(StringComparer.Ordinal);
    }
}
