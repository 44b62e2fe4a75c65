using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Pamps.Core;
using Pamps.Core.Media;

namespace Pamps.Http;

/// <summary>
/// Where people, posts, tags and feeds are. Links begin with the site's own address, or as the request did where none is
/// set. Whoever asks chooses the Host header, so what lasts (canonical links, ids) never follows a host that nobody named.
/// </summary>
internal sealed class SiteLinks
{
    /// <summary>Begins ids that are no addresses (RFC 4151). Feed readers keep them: never to be changed.</summary>
    private const string TagAuthority = "tag:pamps,2026:";

    private readonly string? address;
    private readonly string? filesHost;
    private readonly FrozenSet<string> hosts;

    /// <param name="options">Holds an address and hosts that were found good at the start.</param>
    public SiteLinks(PampsOptions options)
    {
        address = options.Site.Origin;
        FilesOrigin = options.Media.Origin;
        filesHost = FilesOrigin is null ? null : NameOf(new HostString(new Uri(FilesOrigin).Authority));
        hosts = options
            .Site.Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(address is null ? [] : [new Uri(address).Authority])
            .Select(x => NameOf(new HostString(x)))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Where the files of pictures are, as their addresses begin; null where they are at the site's own host.</summary>
    public string? FilesOrigin { get; }

    /// <summary>From where pages show pictures, as a Content-Security-Policy writes it.</summary>
    public string PictureSources => FilesOrigin is null ? "'self' data:" : $"'self' data: {FilesOrigin}";

    /// <summary>The path of a person's page.</summary>
    public static string User(string username) => "/@" + username;

    /// <summary>The path of a post's page.</summary>
    public static string Post(string username, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"/@{username}/{id}");

    /// <summary>The path of the page of a tag, written without its sign.</summary>
    public static string Tag(string tag) => "/tag/" + Uri.EscapeDataString(tag);

    /// <summary>The path of a person's feed.</summary>
    /// <param name="username">The person.</param>
    /// <param name="kind"><c>rss</c> or <c>atom</c>.</param>
    public static string Feed(string username, string kind) => $"/@{username}.{kind}";

    /// <summary>The path of what tells other sites how to show a page of this one.</summary>
    /// <param name="page">The page's whole address.</param>
    public static string OEmbed(string page) => "/oembed?url=" + Uri.EscapeDataString(page);

    /// <summary>The path as a link that works wherever it is read.</summary>
    public string Absolute(HttpRequest request, string path) =>
        (address ?? $"{request.Scheme}://{HostOf(request).ToUriComponent()}") + path;

    /// <summary>Where a file of this name is read: a path of the site, or an address at the files' own host.</summary>
    public string File(string name) => FilesOrigin + MediaFileName.AddressOf(name);

    /// <summary>The address of a picture as Core tells it: a file is at the files' own host, where they have one.</summary>
    public string Picture(string address) => MediaFileName.NameIn(address) is { } name ? File(name) : address;

    /// <summary>The same as a link that works wherever it is read: a path is at this server, others are elsewhere.</summary>
    public string? OfPicture(HttpRequest request, string? address) =>
        address is null ? null
        : Picture(address) is var at && at[0] == '/' ? Absolute(request, at)
        : at;

    /// <summary>Whether a request is for the files' own host, which serves nothing else.</summary>
    public bool IsForFiles(HostString host) =>
        filesHost is not null && filesHost.Equals(NameOf(host), StringComparison.OrdinalIgnoreCase);

    /// <summary>The path as a link to be kept; null when the request's host may be anybody's.</summary>
    public string? Lasting(HttpRequest request, string path) =>
        address is not null || IsOwn(request.Host) ? Absolute(request, path) : null;

    /// <summary>What names a person for good: their page's address, or an id that leads nowhere.</summary>
    public string UserId(HttpRequest request, string username, long id) =>
        Lasting(request, User(username))
        ?? string.Create(CultureInfo.InvariantCulture, $"{TagAuthority}user:{id}");

    /// <summary>What names a post for good: its page's address, or an id that leads nowhere.</summary>
    public string PostId(HttpRequest request, string username, long id) =>
        Lasting(request, Post(username, id))
        ?? string.Create(CultureInfo.InvariantCulture, $"{TagAuthority}post:{id}");

    /// <summary>
    /// Whether requests for this host are for the site, where others are refused: for one of its own, or for none in particular. A
    /// name that leads here but is another's (DNS rebinding) is neither.
    /// </summary>
    public bool Serves(HostString host) =>
        IsOwn(host) || !host.HasValue || IPAddress.TryParse(host.Host, out _);

    /// <summary>What was asked for; of a request that names no host, the address that it came to.</summary>
    private static HostString HostOf(HttpRequest request)
    {
        var connection = request.HttpContext.Connection;
        return request.Host.HasValue || connection.LocalIpAddress is not { } ip
            ? request.Host
            : new HostString((ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString(), connection.LocalPort);
    }

    /// <summary>Whether an address is at this site: at a name of its own, or at the one that was asked.</summary>
    public bool IsHere(HttpRequest request, Uri uri)
    {
        var host = new HostString(uri.Host);
        return IsOwn(host) || NameOf(host).Equals(NameOf(request.Host), StringComparison.OrdinalIgnoreCase);
    }

    private bool IsOwn(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host, out var ip) && IPAddress.IsLoopback(ip))
        || hosts.Contains(NameOf(host));

    /// <summary>The name without the port, in ASCII.</summary>
    private static string NameOf(HostString host) => new HostString(host.ToUriComponent()).Host;
}
