using Microsoft.AspNetCore.Builder;

namespace Pamps.Auth;

/// <summary>Lets programs in.</summary>
public static class ScopeExtensions
{
    /// <summary>
    /// Lets programs that people have allowed this scope call the endpoint for them. To an endpoint that does not say so, a token of a
    /// program opens nothing, whatever was allowed; other tokens open it as before.
    /// </summary>
    /// <typeparam name="TBuilder">What builds the endpoint.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="scope">One of <see cref="OAuthScopes.All"/>.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AllowScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(x => x.Metadata.Add(new ScopeMetadata(scope)));
        return builder;
    }
}

/// <summary>Says, on an endpoint, what a program must have been allowed to call it.</summary>
/// <param name="Scope">One of <see cref="OAuthScopes.All"/>.</param>
public sealed record ScopeMetadata(string Scope);

/// <summary>Tells the scheme, which is only asked to challenge, that the token is good, and not for this.</summary>
/// <param name="Scope">What would be needed; null where no token of a program is enough.</param>
internal sealed record NotGranted(string? Scope);
