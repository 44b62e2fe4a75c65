using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Auth;

/// <summary>Maps the endpoints with which a browser signs in with a passkey.</summary>
public static class PampsPasskeyEndpoints
{
    private const string Json = "application/json";

    /// <summary>
    /// Maps <c>GET /session/passkey</c> (named <c>BeginPasskeySession</c>) and <c>POST /session/passkey</c>
    /// (<c>OpenPasskeySession</c>), open to everybody, for the pages of this server, as
    /// <see cref="PampsTokenEndpoints.MapPampsBrowserSession"/>. The challenge is in a cookie that scripts cannot read. Where that asks for a second
    /// factor, a passkey's answer to the same challenge goes beside the password, as <c>passkey</c>.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <returns>Both as a group, to which a host may add filters or conventions.</returns>
    /// <exception cref="InvalidOperationException">The host has not said where passkeys live.</exception>
    public static RouteGroupBuilder MapPampsPasskeys(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        _ = endpoints.ServiceProvider.GetRequiredService<PasskeyCeremonies>();
        var group = endpoints
            .MapGroup(SessionCookie.Path + "/passkey")
            .AllowAnonymous()
            .AddEndpointFilter(OwnPagesOnly.FilterAsync);
        group
            .MapGet("/", PasskeyHandlers.BeginAsync)
            .WithName("BeginPasskeySession")
            .WithSummary(
                "Ask for what a browser needs to sign in with a passkey; the challenge goes into a cookie"
            )
            .Produces<PasskeyOptionsAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group
            .MapPost("/", PasskeyHandlers.OpenAsync)
            .WithName("OpenPasskeySession")
            .WithSummary("Sign a browser in with a passkey; the refresh token goes into a cookie")
            .WithMetadata(new RequestBodyMetadata(typeof(PasskeySignInRequest), Json))
            .Produces<SessionAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        return group;
    }
}
