using Microsoft.Extensions.Hosting;

namespace Pamps.Server.Settings;

/// <summary>Which of the three environments this process runs in.</summary>
internal static class PampsEnvironment
{
    public const string Testing = "Testing";

    /// <summary>What it is where PAMPS_ENV says nothing.</summary>
    public static string Usual { get; set; } = Environments.Production;

    /// <summary>What PAMPS_ENV says.</summary>
    public static string Read() =>
        Environment.GetEnvironmentVariable("PAMPS_ENV")?.ToLowerInvariant() switch
        {
            null or "" => Usual,
            "production" => Environments.Production,
            "development" => Environments.Development,
            "testing" => Testing,
            var other => throw new UserErrorException(
                $"PAMPS_ENV is '{other}'; it must be development, production or testing."
            ),
        };
}
