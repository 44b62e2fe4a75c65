using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>The settings that say who may do what and how much, as the security log keeps them.</summary>
internal static class SecuritySettings
{
    private static readonly string[] Whole = ["HOST", "APP_ORIGIN", "SITE:ADDRESS", "SITE:HOSTS"];
    private const string SecretKey = "SECURITY:SECRET_KEY";
    private static readonly string[] Parts = ["SECURITY:", "HTTP:", "LIMITS:"];

    /// <summary>
    /// Those that differ from their defaults, with their values; of the secret key only by what it is known again. And the
    /// environment, where it is another than usual.
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
            .Select(x => $"{x.Variable}{Say(x, settings.Options)}");
        return string.Join(
            ", ",
            settings.Environment == Environments.Production
                ? changed
                : changed.Prepend($"PAMPS_ENV={settings.Environment.ToLowerInvariant()}")
        );
    }

    private static string Say(Setting setting, PampsOptions options) =>
        setting.Read(options) switch
        {
            int number => string.Create(CultureInfo.InvariantCulture, $"={number}"),
            bool flag => flag ? "=true" : "=false",
            string secret when setting.Key == SecretKey => $" ({MarkOf(secret)})",
            var text => $"={$"{text}".ReplaceLineEndings(" ")}",
        };

    /// <summary>Four letters of a key that is made of the secret one: enough to tell another one, of no use to guess it.</summary>
    private static string MarkOf(string secret) =>
        Convert.ToHexStringLower(
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                Encoding.UTF8.GetBytes(secret),
                outputLength: 2,
                info: "security log, settings"u8.ToArray()
            )
        );
}
