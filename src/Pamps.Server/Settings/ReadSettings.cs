using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>What this process was told: its settings, checked, and the layers they came from.</summary>
internal sealed record RunSettings(
    string Environment,
    IConfigurationRoot Configuration,
    PampsOptions Options
);

/// <summary>Reads and checks the settings. A wrong one is one clear line, and nothing starts.</summary>
internal static class ReadSettings
{
    public static RunSettings Run(IReadOnlyDictionary<string, string?> commandLine)
    {
        var environment = PampsEnvironment.Read();
        var configuration = SettingsLayers.Build(environment, commandLine);
        var options = new PampsOptions();
        try
        {
            configuration.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserErrorException($"A setting is wrong: {exception.Message}", exception);
        }
        foreach (
            var part in new object[]
            {
                options,
                options.Db,
                options.Security,
                options.Posts,
                options.Http,
                options.Log,
            }
        )
        {
            Check(part);
        }
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
        return new RunSettings(environment, configuration, options);
    }

    private static void Check(object part)
    {
        var wrong = new List<ValidationResult>();
        if (
            !Validator.TryValidateObject(
                part,
                new ValidationContext(part),
                wrong,
                validateAllProperties: true
            )
        )
        {
            var property = part.GetType().GetProperty(wrong[0].MemberNames.First())!;
            var name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;
            var setting = SettingsTable
                .Read()
                .First(x => x.Variable.EndsWith("_" + name, StringComparison.Ordinal));
            throw new UserErrorException($"{setting.Variable} is wrong: {wrong[0].ErrorMessage}");
        }
    }
}
