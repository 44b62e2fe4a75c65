using Microsoft.Extensions.Options;

namespace Pamps.Auth.Tests;

internal static class Settings
{
    public const string Key = "a key for tests that has enough bytes for every one of the three HMACs";

    public static void Quick(PampsAuthOptions options)
    {
        options.SecretKey = Key;
        options.PasswordIterations = 1000;
    }

    public static IOptions<PampsAuthOptions> Of(Action<PampsAuthOptions>? configure = null)
    {
        var options = new PampsAuthOptions();
        Quick(options);
        configure?.Invoke(options);
        return Options.Create(options);
    }
}
