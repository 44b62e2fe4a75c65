using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Hosting;

namespace Pamps.Server.Settings;

/// <summary>
/// Where settings come from, the later winning: defaults in code, appsettings.json, appsettings.{environment}.json
/// (in the program, beside it, then in the current folder, where outside Development they must be trusted), user secrets in
/// Development, HOST, PORT and APP_ORIGIN, the environment's PAMPS_ variables, the command line. A variable that is empty counts
/// as not set.
/// </summary>
internal static partial class SettingsLayers
{
    public const string Prefix = "PAMPS_";
    public static readonly string[] Unprefixed = ["HOST", "PORT", "APP_ORIGIN"];

    /// <summary>Names that the workshop knew and that mean nothing here, or that are read elsewhere.</summary>
    private static readonly string[] Tolerated = ["ENV", "DB:CONNECT_ARGS"];

    public static IConfigurationRoot Build(
        string environment,
        IReadOnlyDictionary<string, string?> commandLine
    )
    {
        var builder = new ConfigurationBuilder();
        string[] names = ["appsettings.json", $"appsettings.{environment}.json"];
        foreach (var name in names)
        {
            if (Assembly.GetExecutingAssembly().GetManifestResourceStream(name) is { } defaults)
            {
                builder.AddJsonStream(defaults);
            }
        }
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
        try
        {
            return builder
                .Add(new NamedLayer(Plain(), key => key))
                .Add(new NamedLayer(Variables(), VariableOf))
                .Add(new NamedLayer(commandLine, FlagOf))
                .Build();
        }
        catch (InvalidDataException exception)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }

    /// <summary>What a setting was set by, for messages about its value: a variable, a flag, or a place in a file.</summary>
    public static string NameOf(IConfiguration configuration, Setting setting) =>
        LayersOf(configuration).LastOrDefault(x => x.TryGet(setting.Key, out _)) switch
        {
            NamedLayer.Provider named => named.Name(setting.Key),
            JsonConfigurationProvider file => $"{setting.Key} in {PathOf(file)}",
            _ => setting.ShortName,
        };

    /// <inheritdoc cref="NameOf(IConfiguration, Setting)"/>
    public static string NameOf(IConfiguration configuration, string key) =>
        NameOf(configuration, SettingsTable.Read().Single(x => x.Key == key));

    /// <summary>A line for each variable and each key of a file that names no setting: most likely typing errors.</summary>
    public static IEnumerable<string> FindUnknown(IConfiguration configuration)
    {
        var known = SettingsTable.Read().Select(x => x.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var variables = Variables()
            .Keys.Where(x => !IsKnown(x, known) && !Tolerated.Contains(x, StringComparer.OrdinalIgnoreCase))
            .Select(VariableOf)
            .Where(x => !OfKubernetes().IsMatch(x))
            .Order(StringComparer.Ordinal);
        var keys = LayersOf(configuration)
            .OfType<JsonConfigurationProvider>()
            .SelectMany(file =>
                KeysOf(file, parent: null)
                    .Where(x => !IsKnown(x, known) && x != "$schema")
                    .Select(x => $"{x} in {PathOf(file)}")
            );
        return variables
            .Concat(keys)
            .Select(x => $"pamps: {x} is not a setting of Pamps; `pamps settings` lists them");
    }

    private static bool IsBesideTheProgram(string file) =>
        Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>Files of the workshop's settings in the current folder, whose values somebody may miss.</summary>
    public static IEnumerable<string> FindForeignFiles() =>
        new[] { "settings.toml", ".secrets.toml" }.Where(File.Exists);

    private static Dictionary<string, string?> Plain() =>
        Unprefixed
            .Select(x => KeyValuePair.Create(x, Environment.GetEnvironmentVariable(x)))
            .Where(x => !string.IsNullOrEmpty(x.Value))
            .ToDictionary();

    /// <summary>The environment's variables of Pamps, by their keys.</summary>
    private static Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var (name, value) = ((string)variable.Key, (string?)variable.Value);
            if (
                name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !string.IsNullOrEmpty(value)
                && !(name.EndsWith("PORT", StringComparison.Ordinal) && Connection().IsMatch(value))
            )
            {
                variables[name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)] = value;
            }
        }
        return variables;
    }

    private static string VariableOf(string key) => Prefix + key.Replace(":", "__", StringComparison.Ordinal);

    private static string FlagOf(string key) =>
        "--" + key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant().Replace('_', '-');

    private static bool IsKnown(string key, HashSet<string> known) =>
        known.Contains(key) || key.StartsWith("LOGGING:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<IConfigurationProvider> LayersOf(IConfiguration configuration) =>
        configuration is IConfigurationRoot root ? root.Providers : [];

    private static string PathOf(JsonConfigurationProvider file) =>
        file.Source.FileProvider?.GetFileInfo(file.Source.Path!).PhysicalPath ?? file.Source.Path!;

    private static IEnumerable<string> KeysOf(IConfigurationProvider layer, string? parent)
    {
        foreach (var name in layer.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? name : ConfigurationPath.Combine(parent, name);
            var inner = KeysOf(layer, key).ToList();
            foreach (var one in inner.DefaultIfEmpty(key))
            {
                yield return one;
            }
        }
    }

    /// <summary>
    /// What Kubernetes tells each container of services in its namespace, were one called <c>pamps</c> or <c>pamps-db</c>:
    /// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
    /// </summary>
    [GeneratedRegex(
        @"^PAMPS_([A-Z0-9]+_)*(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)\z"
    )]
    private static partial Regex OfKubernetes();

    /// <summary>What it sets PAMPS_PORT and the like to, where a setting has the same name.</summary>
    [GeneratedRegex("^(tcp|udp|sctp)://")]
    private static partial Regex Connection();

    /// <summary>Settings that can say by what they were set.</summary>
    private sealed class NamedLayer(IReadOnlyDictionary<string, string?> values, Func<string, string> name)
        : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(values, name);

        internal sealed class Provider(IReadOnlyDictionary<string, string?> values, Func<string, string> name)
            : ConfigurationProvider
        {
            public override void Load() =>
                Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);

            public string Name(string key) => name(key);
        }
    }
}
