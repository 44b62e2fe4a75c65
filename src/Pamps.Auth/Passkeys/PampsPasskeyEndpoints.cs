using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Auth;

/// <summary>Maps the endpoints with which a browser signs in with a passkey.</summary>
public static class PampsPasskeyEndpoints
{
    private const string JsonType = "application/json";

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
            .Produces<PasskeyOptionsAnswer>(StatusCodes.Status200OK, JsonType)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group
            .MapPost("/", PasskeyHandlers.OpenAsync)
            .WithName("OpenPasskeySession")
            .WithSummary("Sign a browser in with a passkey; the refresh token goes into a cookie")
            .WithMetadata(new RequestBodyMetadata(typeof(PasskeySignInRequest), JsonType))
            .Produces<SessionAnswer>(StatusCodes.Status200OK, JsonType)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        return group;
    }

    /// <summary>
    /// What a browser sends, with the challenge that it was asked with by <c>GET /session/passkey</c>: for a host's own endpoint that asks
    /// for a passkey and calls <see cref="SignInService.SignInWithPasskeyAsync"/>.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="credential">What <c>toJSON()</c> of the browser's answer gives.</param>
    public static PasskeyAnswer ReadPasskeyAnswer(this HttpContext context, JsonElement credential)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new PasskeyAnswer(PasskeyCookie.Read(context), credential.GetRawText());
    }
}
