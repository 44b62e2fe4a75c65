using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>Which program asks: by id and secret in the body or by HTTP Basic (RFC 6749 section 2.3.1), or by id alone if it has no secret.</summary>
internal static class OAuthClient
{
    private const string Basic = "Basic ";

    public static async Task<OAuthApplication?> FindAsync(
        HttpContext context,
        OAuthParameters given,
        IOAuthStore store,
        CancellationToken cancellationToken
    )
    {
        var (id, secret) = (given.One("client_id"), given.One("client_secret"));
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            // Not both: it would be unclear which one counts.
            if (secret is not null || ReadBasic(header) is not { } basic || (id ?? basic.Id) != basic.Id)
            {
                return null;
            }
            (id, secret) = (basic.Id, basic.Secret);
        }
        if (id is null || await store.FindApplicationAsync(id, cancellationToken) is not { } found)
        {
            return null;
        }
        return found.SecretHash is { } hash
            ? secret is not null && OAuthSecret.Matches(hash, secret)
                ? found
                : null
            // Some libraries send an empty one, which counts as none.
            : secret is null
                ? found
                : null;
    }

    private static (string Id, string? Secret)? ReadBasic(string header)
    {
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out var written))
        {
            return null;
        }
        var parts = Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2);
        if (parts.Length != 2)
        {
            return null;
        }
        // Each is written as in a form.
        var secret = Uri.UnescapeDataString(parts[1].Replace('+', ' '));
        return (Uri.UnescapeDataString(parts[0].Replace('+', ' ')), secret.Length == 0 ? null : secret);
    }
}
