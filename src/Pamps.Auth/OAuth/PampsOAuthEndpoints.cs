using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pamps.Auth;

/// <summary>Maps OAuth 2 for programs that people let in.</summary>
public static class PampsOAuthEndpoints
{
    /// <summary>Where people are sent by programs: the host's own page, which asks <see cref="Consent"/>.</summary>
    public const string Authorize = "/oauth/authorize";

    /// <summary>Where that page learns what a program asks for, and says whether it is allowed.</summary>
    public const string Consent = "/oauth/consent";

    /// <summary>Where programs say whom they may ask: the host's own endpoint.</summary>
    public const string UserInfo = "/oauth/userinfo";

    internal const string Token = "/oauth/token";
    internal const string Revoke = "/oauth/revoke";
    internal const string Applications = "/api/v1/apps";
    private const string Metadata = "/.well-known/oauth-authorization-server";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    /// <summary>
    /// Maps what programs call: <c>POST /api/v1/apps</c> (named <c>RegisterApplication</c>), <c>POST /oauth/token</c>
    /// (<c>IssueToken</c>; RFC 6749 section 3.2), <c>POST /oauth/revoke</c> (<c>RevokeToken</c>; RFC 7009) and
    /// <c>GET /.well-known/oauth-authorization-server</c> (<c>ReadOAuthMetadata</c>; RFC 8414), open to everybody. Needs a store
    /// (<see cref="PampsAuthBuilder.AddOAuthStore{TStore}"/>), and the host's pages <see cref="Authorize"/> and <see cref="UserInfo"/>.
    /// Refusals are as RFC 6749 section 5.2 has them.
    /// </summary>
    /// <param name="endpoints">The host's routes, or a group of them.</param>
    /// <returns>The four as a group, to which a host may add filters or conventions.</returns>
    public static RouteGroupBuilder MapPampsOAuth(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").AllowAnonymous();
        group
            .MapPost(Applications, OAuthHandlers.RegisterAsync)
            .WithName("RegisterApplication")
            .WithSummary("Register a program that will ask people to be let in")
            .Takes<OAuthApplicationForm>()
            .Produces<OAuthApplicationAnswer>(StatusCodes.Status200OK, Json)
            .Refuses()
            .Produces<OAuthErrorAnswer>(StatusCodes.Status429TooManyRequests, Json);
        group
            .MapPost(Token, OAuthHandlers.IssueAsync)
            .WithName("IssueToken")
            .WithSummary("Exchange a code for a token, or get one for the program itself")
            .Takes<OAuthTokenForm>()
            .Produces<OAuthTokenAnswer>(StatusCodes.Status200OK, Json)
            .Refuses()
            .Produces<OAuthErrorAnswer>(StatusCodes.Status401Unauthorized, Json);
        group
            .MapPost(Revoke, OAuthHandlers.RevokeAsync)
            .WithName("RevokeToken")
            .WithSummary("End a token of the program")
            .Takes<OAuthRevocationForm>()
            .Produces<OAuthRevocationAnswer>(StatusCodes.Status200OK, Json)
            .Refuses()
            .Produces<OAuthErrorAnswer>(StatusCodes.Status401Unauthorized, Json)
            .Produces<OAuthErrorAnswer>(StatusCodes.Status403Forbidden, Json);
        group
            .MapGet(Metadata, OAuthHandlers.ReadMetadata)
            .WithName("ReadOAuthMetadata")
            .WithSummary("Say what programs need to know of this server (RFC 8414)")
            .Produces<OAuthMetadataAnswer>(StatusCodes.Status200OK, Json);
        return group;
    }

    /// <summary>
    /// Maps what the host's page of consent calls, with an access token: <c>GET /oauth/consent</c> (named <c>ReadConsent</c>) with the
    /// parameters of the program's request, and <c>POST /oauth/consent</c> (<c>GiveConsent</c>). No token of a program opens them. The page
    /// must not be shown in a frame, and goes where the answer says.
    /// </summary>
    /// <param name="endpoints">The host's routes, or a group of them.</param>
    /// <returns>The two as a group, to which a host may add filters or conventions.</returns>
    public static RouteGroupBuilder MapPampsConsent(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Consent).RequireAuthorization();
        group
            .MapGet("/", ConsentHandlers.ReadAsync)
            .WithName("ReadConsent")
            .WithSummary("Say what a program asks to be allowed")
            .Produces<ConsentAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        group
            .MapPost("/", ConsentHandlers.DecideAsync)
            .WithName("GiveConsent")
            .WithSummary("Allow a program what it asks for, or do not, and learn where to go on")
            .WithMetadata(new RequestBodyMetadata(typeof(ConsentRequest), Json))
            .Produces<ConsentGivenAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        return group;
    }

    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new RequestBodyMetadata(typeof(T), Form))
            .WithMetadata(new RequestBodyMetadata(typeof(T), Json))
            .DisableAntiforgery();

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<OAuthErrorAnswer>(StatusCodes.Status400BadRequest, Json);
}
