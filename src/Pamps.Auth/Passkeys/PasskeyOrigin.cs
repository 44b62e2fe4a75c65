namespace Pamps.Auth;

/// <summary>Where passkeys are made and used: they are good at one host, whose name browsers put into what is signed.</summary>
/// <param name="Origin">The origin, as browsers write it.</param>
/// <param name="Domain">The host (<c>rp.id</c>).</param>
public sealed record PasskeyOrigin(string Origin, string Domain)
{
    /// <summary>
    /// Reads an origin. Browsers offer passkeys at https and at localhost alone, and at no address that is a number.
    /// </summary>
    /// <param name="origin">Scheme, host and port, such as <c>https://example.org</c>.</param>
    /// <returns>The origin; null when there are no passkeys at it.</returns>
    public static PasskeyOrigin? Parse(string? origin)
    {
        if (
            !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || uri.HostNameType != UriHostNameType.Dns
            || uri.PathAndQuery != "/"
            || uri.UserInfo.Length > 0
            || uri.Fragment.Length > 0
        )
        {
            return null;
        }
        var host = uri.IdnHost.ToLowerInvariant();
        var isLocal = host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal);
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && isLocal))
        {
            return null;
        }
        var port = uri.IsDefaultPort ? "" : FormattableString.Invariant($":{uri.Port}");
        return new PasskeyOrigin($"{uri.Scheme}://{host}{port}", host);
    }
}
