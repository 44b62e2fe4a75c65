using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>Asks a request who makes it.</summary>
public static class SignedInExtensions
{
    /// <summary>Who makes the request. Good after the authentication middleware has run.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The account and login; null when the request had no token or not a good one.</returns>
    public static SignedIn? GetSignedIn(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<SignedIn>();
    }
}
