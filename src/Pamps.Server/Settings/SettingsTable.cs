using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>One setting.</summary>
/// <param name="Variable">Its environment variable.</param>
/// <param name="Default">What it is when nobody says.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Read">Reads it.</param>
/// <param name="FindFault">What is wrong with its value; null when nothing is.</param>
internal sealed record Setting(
    string Variable,
    string Default,
    string Description,
    Func<PampsOptions, object?> Read,
    Func<PampsOptions, string?> FindFault
)
{
    /// <summary>Its name among the layers of settings.</summary>
    public string Key =>
        Variable[SettingsLayers.Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);

    /// <summary>The variable; without the prefix where it works without.</summary>
    public string ShortName => SettingsLayers.Unprefixed.Contains(Key) ? Key : Variable;
}

/// <summary>All settings, read from the options themselves, so that the documentation cannot fall behind.</summary>
internal static class SettingsTable
{
    private static readonly PampsOptions Defaults = new();

    private static readonly Setting[] All =
    [
        .. Read(x => x),
        .. Read(x => x.Site),
        .. Read(x => x.Db),
        .. Read(x => x.Security),
        .. Read(x => x.Posts),
        .. Read(x => x.Media),
        .. Read(x => x.Archives),
        .. Read(x => x.Cards),
        .. Read(x => x.Moderation),
        .. Read(x => x.Mail),
        .. Read(x => x.Outgoing),
        .. Read(x => x.Search),
        .. Read(x => x.Http),
        .. Read(x => x.Limits),
        .. Read(x => x.Log),
    ];

    public static IReadOnlyList<Setting> Read() => All;

    /// <summary>The page <c>docs/configuration.md</c>.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder(
            """
            # Configuration

            Pamps starts without any setting. Each setting below can be given in any of these places; the later ones win:

            1. `appsettings.json`, then `appsettings.Development.json`, `appsettings.Production.json` or
               `appsettings.Testing.json`: beside the program, then in the current folder. The names are those below
               without `PAMPS_`, nested at each `__`: `{ "DB": { "URI": "sqlite:///pamps.db" } }`. Case does not matter.
               Outside Development nothing starts with files in the current folder unless they and the folder belong to
               root or to who runs Pamps, and nobody else may write them; that can be told on Linux only.
            2. .NET user secrets, in Development.
            3. The environment variables below. `HOST`, `PORT` and `APP_ORIGIN` also work without the prefix;
               with it they win. An empty variable counts as not set, and so does a `PAMPS_PORT` like
               `tcp://10.0.0.1:8000`, which Kubernetes sets where a service is called `pamps`.
            4. The command line: `pamps serve --host … --port …`.

            `PAMPS_ENV` is `development`, `production` or `testing`; when it is not set, `production`, and `development` for what
            `dotnet run` starts in the source tree. In `testing` passwords may be short, nothing is limited, and data is kept apart, so
            that a test run never resets what people use: the data folder is `testing` in the one that is set, and a database that is
            set as `pamps` is `pamps_test`, unless they have `test` in their name. Log levels are set as in any .NET program, for
            instance `PAMPS_LOGGING__LOGLEVEL__DEFAULT=Warning`. `pamps settings` shows what is in force; it and the start warn of
            variables and of keys in files that name no setting.

            This page is generated: `pamps settings --markdown`.

            | variable | default | meaning |
            | --- | --- | --- |

            """
        );
        foreach (var setting in Read())
        {
            var value = setting.Default.Length == 0 ? "" : $"`{setting.Default}`";
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{setting.Variable}` | {value} | {setting.Description} |\n"
            );
        }
        return page.ToString();
    }

    private static IEnumerable<Setting> Read<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T
    >(Func<PampsOptions, T> find)
    {
        var prefix = SettingsLayers.Prefix + SectionOf(typeof(T));
        foreach (var property in typeof(T).GetProperties())
        {
            if (property.GetCustomAttribute<DescriptionAttribute>() is not { } description)
            {
                continue;
            }
            var value = property.GetValue(find(Defaults));
            var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            var rules = property.GetCustomAttributes<ValidationAttribute>().ToArray();
            object? Find(PampsOptions options) => property.GetValue(find(options));
            yield return new Setting(
                prefix + NameOf(property),
                value is bool ? text.ToLowerInvariant() : text,
                description.Description,
                Find,
                options =>
                    rules.FirstOrDefault(x => !x.IsValid(Find(options)))?.FormatErrorMessage(property.Name)
            );
        }
    }

    private static string SectionOf(Type type) =>
        typeof(PampsOptions).GetProperties().SingleOrDefault(x => x.PropertyType == type) is { } section
            ? NameOf(section) + "__"
            : "";

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;
}
