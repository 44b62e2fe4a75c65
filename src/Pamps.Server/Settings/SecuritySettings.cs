using System.Globalization;
using Pamps.Auth;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>The settings that say who may do what and how much, as the security log keeps them.</summary>
internal static class SecuritySettings
{
    private const string SecretKey = "SECURITY:SECRET_KEY";
    private static readonly string[] Whole = ["HOST", "APP_ORIGIN", "SITE:ADDRESS", "SITE:HOSTS"];
    private static readonly string[] Parts = ["SECURITY:", "HTTP:", "LIMITS:"];

    /// <summary>
    /// Those that differ from their defaults, with their values; of the secret key four letters of one that is derived from it:
    /// enough to tell another key, of no use to guess it. And the environment, where it is another than usual.
    /// </summary>
    public static string Describe(RunSettings settings, PurposeKeys keys)
    {
        var mark = Convert.ToHexStringLower(keys.Of("security log, settings")[..2]);
        var defaults = new PampsOptions();
        var changed = SettingsTable
            .Read()
            .Where(x =>
                Whole.Contains(x.Key) || Parts.Any(p => x.Key.StartsWith(p, StringComparison.Ordinal))
            )
            .Where(x => !Equals(x.Read(settings.Options), x.Read(defaults)))
            .Select(x => $"{x.Variable}{Say(x, settings.Options, mark)}");
        return string.Join(
            ", ",
            settings.Environment == Environments.Production
                ? changed
                : changed.Prepend($"PAMPS_ENV={settings.Environment.ToLowerInvariant()}")
        );
    }

    private static string Say(Setting setting, PampsOptions options, string mark) =>
        setting.Read(options) switch
        {
            int number => string.Create(CultureInfo.InvariantCulture, $"={number}"),
            bool flag => flag ? "=true" : "=false",
            _ when setting.Key == SecretKey => $" ({mark})",
            var text => $"={$"{text}".ReplaceLineEndings(" ")}",
        };
}
