using System.Globalization;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>The settings that say who may do what and how much, as the security log keeps them.</summary>
internal static class SecuritySettings
{
    private static readonly string[] Whole = ["HOST", "APP_ORIGIN"];
    private static readonly string[] Parts = ["SECURITY:", "HTTP:", "LIMITS:"];

    /// <summary>
    /// Those that differ from their defaults: numbers and flags with their values, of texts, which may be secrets or
    /// addresses, only that they are set. And the environment, where it is another than usual.
    /// </summary>
    public static string Describe(RunSettings settings)
    {
        var defaults = new PampsOptions();
        var changed = SettingsTable
            .Read()
            .Where(x =>
                Whole.Contains(x.Key) || Parts.Any(p => x.Key.StartsWith(p, StringComparison.Ordinal))
            )
            .Where(x => !Equals(x.Read(settings.Options), x.Read(defaults)))
            .Select(x =>
                x.Read(settings.Options) switch
                {
                    int number => string.Create(CultureInfo.InvariantCulture, $"{x.Variable}={number}"),
                    bool flag => $"{x.Variable}={(flag ? "true" : "false")}",
                    _ => $"{x.Variable} is set",
                }
            );
        return string.Join(
            ", ",
            settings.Environment == Environments.Production
                ? changed
                : changed.Prepend($"PAMPS_ENV={settings.Environment.ToLowerInvariant()}")
        );
    }
}
