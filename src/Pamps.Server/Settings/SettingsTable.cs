using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>One setting: its environment variable, its default, and what it is for.</summary>
internal sealed record Setting(
    string Variable,
    string Default,
    string Description,
    Func<PampsOptions, object?> Read
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
    public static IReadOnlyList<Setting> Read() =>
        [.. Read(typeof(PampsOptions), "PAMPS_", new PampsOptions(), x => x)];

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

    private static IEnumerable<Setting> Read(
        Type type,
        string prefix,
        object defaults,
        Func<PampsOptions, object?> find
    )
    {
        foreach (var property in type.GetProperties())
        {
            var name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;
            var value = property.GetValue(defaults);
            object? Find(PampsOptions options) => property.GetValue(find(options));
            if (property.GetCustomAttribute<DescriptionAttribute>() is { } description)
            {
                var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                yield return new Setting(
                    prefix + name,
                    value is bool ? text.ToLowerInvariant() : text,
                    description.Description,
                    Find
                );
                continue;
            }
            foreach (var inner in Read(property.PropertyType, $"{prefix}{name}__", value!, Find))
            {
                yield return inner;
            }
        }
    }
}
