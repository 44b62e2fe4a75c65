using Microsoft.AspNetCore.Builder;

namespace Pamps.Auth;

/// <summary>Asks for the password to have been given.</summary>
public static class FreshExtensions
{
    /// <summary>
    /// Requires an access token that came from a password, or any good one of a superuser. One that is
    /// not fresh is answered 401, so that a client signs in again, where 403 would mean never.
    /// </summary>
    /// <typeparam name="TBuilder">What builds the endpoint.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder RequireFresh<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(PampsAuthDefaults.FreshPolicy);
}
