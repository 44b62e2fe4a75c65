using System.Globalization;
using System.Text;
using Pamps.Core;
using Pamps.Core.Text;

namespace Pamps.Server.Settings;

/// <summary>What this process was told: its settings, checked, and the layers they came from.</summary>
internal sealed record RunSettings(string Environment, IConfigurationRoot Configuration, PampsOptions Options)
{
    /// <summary>What a setting was set by, for messages about its value.</summary>
    public string NameOf(string key) => SettingsLayers.NameOf(Configuration, key);
}

/// <summary>Reads and checks the settings. A wrong one is one clear line, and nothing starts.</summary>
internal static class ReadSettings
{
    public static RunSettings Run(IReadOnlyDictionary<string, string?> commandLine)
    {
        var environment = PampsEnvironment.Read();
        var configuration = SettingsLayers.Build(environment, commandLine);
        CheckForms(configuration);
        var options = new PampsOptions();
        configuration.Bind(options);
        foreach (var setting in SettingsTable.Read())
        {
            if (setting.FindFault(options) is { } fault)
            {
                throw new UserErrorException(
                    $"{SettingsLayers.NameOf(configuration, setting)} is wrong: {fault}"
                );
            }
        }
        SiteSettings.Check(options);
        _ = MediaUri.Read(options);
        CheckFfmpeg(options.Media.Ffmpeg);
        _ = MailUri.Read(options);
        CheckOutgoing(options.Outgoing);
        // A database that a command names for itself is meant as it stands.
        if (environment == PampsEnvironment.Testing && !commandLine.ContainsKey("DB:URI"))
        {
            TestData.KeepApart(options);
        }
        CheckSecretKey(options.Security);
        if (
            options.Security.PasswordIterations < SecurityOptions.FewestIterations
            && environment != PampsEnvironment.Testing
        )
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"PAMPS_SECURITY__PASSWORD_ITERATIONS is {options.Security.PasswordIterations}; it must be at least {SecurityOptions.FewestIterations}."
                )
            );
        }
        if (options.Http.MaxConnections is > 0 and var most && most <= options.Http.MaxStreams)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"PAMPS_HTTP__MAX_CONNECTIONS is {most}; it must be more than PAMPS_HTTP__MAX_STREAMS, which is {options.Http.MaxStreams}: streams are connections, and would leave none."
                )
            );
        }
        return new RunSettings(environment, configuration, options);
    }

    /// <summary>Whether numbers are numbers and flags are flags.</summary>
    private static void CheckForms(IConfiguration configuration)
    {
        var defaults = new PampsOptions();
        foreach (var setting in SettingsTable.Read())
        {
            var text = configuration[setting.Key];
            var form = setting.Read(defaults) switch
            {
                int when !int.TryParse(text, CultureInfo.InvariantCulture, out _) => "a whole number",
                bool when !bool.TryParse(text, out _) => "true or false",
                _ => null,
            };
            if (text is not null && form is not null)
            {
                throw new UserErrorException(
                    $"{SettingsLayers.NameOf(configuration, setting)} is '{text}'; it must be {form}."
                );
            }
        }
    }

    /// <summary>One that is named is there; one that is looked for need not be.</summary>
    private static void CheckFfmpeg(string set)
    {
        if (set is not ("" or "off") && !(Path.IsPathFullyQualified(set) && File.Exists(set)))
        {
            throw new UserErrorException(
                "PAMPS_MEDIA__FFMPEG is wrong: it must be the absolute path of a program that is there, off, or empty."
            );
        }
    }

    private static void CheckOutgoing(OutgoingOptions outgoing)
    {
        if (Networks.Parse(outgoing.Allow) is null)
        {
            throw new UserErrorException(
                $"PAMPS_OUTGOING__ALLOW is '{outgoing.Allow}'; it names addresses or networks by commas, such as 10.1.0.0/16."
            );
        }
    }

    private static void CheckSecretKey(SecurityOptions security)
    {
        var length = Encoding.UTF8.GetByteCount(security.SecretKey);
        // HS256 signs with 256 bits, and a key that is shorter than that weakens it.
        var fewest = int.Parse(security.Algorithm[2..], CultureInfo.InvariantCulture) / 8;
        if (length > 0 && length < fewest)
        {
            throw new UserErrorException(
                $"PAMPS_SECURITY__SECRET_KEY has {length} bytes; {security.Algorithm} needs at least {fewest}. `pamps secret` prints one that fits."
            );
        }
    }
}
