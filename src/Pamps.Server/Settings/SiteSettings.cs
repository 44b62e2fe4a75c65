using System.Text.RegularExpressions;
using Pamps.Core;
using Pamps.Core.Media;

namespace Pamps.Server.Settings;

/// <summary>Checks where the site is said to be.</summary>
internal static partial class SiteSettings
{
    /// <remarks>Neither line repeats what was set: a wrong address may hold a password.</remarks>
    public static void Check(PampsOptions options)
    {
        var site = options.Site;
        if (options.Http.RefuseOtherHosts && site is { Address: "", Hosts: "" })
        {
            throw new UserErrorException(
                "PAMPS_HTTP__REFUSE_OTHER_HOSTS needs PAMPS_SITE__ADDRESS or PAMPS_SITE__HOSTS, which say what the site's own hosts are."
            );
        }
        if (site.Address.Length > 0 && !IsOrigin(site.Address))
        {
            throw new UserErrorException(
                "PAMPS_SITE__ADDRESS is wrong: it must be like https://example.org, with http or https and without path, query or credentials."
            );
        }
        if (options.Media.Address is { Length: > 0 } files)
        {
            CheckFiles(files, site);
        }
        foreach (
            var host in site.Hosts.Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (!Host().IsMatch(host) || !IsHost("http://" + host))
            {
                throw new UserErrorException(
                    "PAMPS_SITE__HOSTS is wrong: it must hold names of hosts by commas, such as example.org,www.example.org."
                );
            }
        }
    }

    /// <summary>A host that serves files and nothing else cannot be the one that serves all the rest.</summary>
    private static void CheckFiles(string files, SiteOptions site)
    {
        if (!IsOrigin(files))
        {
            throw new UserErrorException(
                "PAMPS_MEDIA__ADDRESS is wrong: it must be like https://files.example.org, with http or https and without path, query or credentials."
            );
        }
        if (site.Origin is not { } origin || new Uri(origin).IdnHost == new Uri(files).IdnHost)
        {
            throw new UserErrorException(
                "PAMPS_MEDIA__ADDRESS needs PAMPS_SITE__ADDRESS, which must name another host."
            );
        }
    }

    /// <summary>The site's own logo, drawn anew.</summary>
    /// <exception cref="UserErrorException">There is no such picture.</exception>
    public static LogoIcons DrawLogo(string path, ILogoMaker maker)
    {
        try
        {
            var logo = maker.Make(File.ReadAllBytes(path));
            return logo.IsRefused(out var error)
                ? throw new UserErrorException($"PAMPS_SITE__LOGO is wrong: {error.Message}")
                : logo.Value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"PAMPS_SITE__LOGO cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Whether this is scheme, host and port of http or https, and nothing more.</summary>
    public static bool IsOrigin(string address) => Origin().IsMatch(address) && IsHost(address);

    private static bool IsHost(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    [GeneratedRegex(@"^https?://[^/?#@\\\s]+/?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Origin();

    [GeneratedRegex(@"^[^/?#@\\\s*]+\z")]
    private static partial Regex Host();
}
