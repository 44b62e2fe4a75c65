using Microsoft.Extensions.Hosting;

namespace Pamps.Server.Settings;

/// <summary>Which of the three environments this process runs in.</summary>
internal static class PampsEnvironment
{
    public const string Testing = "Testing";

    /// <summary>What PAMPS_ENV says; Production when it says nothing.</summary>
    public static string Read() =>
        Environment.GetEnvironmentVariable("PAMPS_ENV")?.ToLowerInvariant() switch
        {
            null or "" or "production" => Environments.Production,
            "development" => Environments.Development,
            "testing" => Testing,
            var other => throw new UserErrorException(
                $"PAMPS_ENV is '{other}'; it must be development, production or testing."
            ),
        };
}
