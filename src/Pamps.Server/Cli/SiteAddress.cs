using Pamps.Core;

namespace Pamps.Server.Cli;

/// <summary>Where links lead that the command line prints: to the site where its address is set, else to this machine.</summary>
internal static class SiteAddress
{
    public static string Of(PampsOptions options) =>
        options.Site.Origin ?? HealthCommand.OnThisMachine(options).GetLeftPart(UriPartial.Authority);

    /// <summary>Says so where the address is this machine's.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="path">The path of the link that was printed.</param>
    public static void WarnIfUnset(PampsOptions options, string path)
    {
        if (options.Site.Origin is null)
        {
            Console.Error.WriteLine(
                $"PAMPS_SITE__ADDRESS is not set: where people find the site by another address, that belongs before {path}."
            );
        }
    }
}
