using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>Maps the endpoints that give and take tokens.</summary>
public static class PampsTokenEndpoints
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    /// <summary>
    /// Maps <c>POST /token</c> (named <c>SignIn</c>), <c>POST /refresh_token</c> (<c>Refresh</c>) and
    /// <c>POST /logout</c> (<c>SignOut</c>), open to everybody. Rejections are problem details.
    /// </summary>
    /// <param name="endpoints">The host's routes, or a group of them.</param>
    /// <returns>The three as a group, to which a host may add filters or conventions.</returns>
    public static RouteGroupBuilder MapPampsTokens(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        // Before the host starts, which would log a stack: a secret that is wrong is one line.
        _ = endpoints.ServiceProvider.GetRequiredService<IOptions<PampsAuthOptions>>().Value;
        var group = endpoints.MapGroup("").AllowAnonymous();
        group
            .MapPost("/token", TokenHandlers.SignInAsync)
            .WithName("SignIn")
            .WithSummary("Sign in with a user name or e-mail address and a password")
            .WithMetadata(new RequestBodyMetadata(typeof(TokenForm), Form))
            .Produces<TokenAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Rejects()
            .DisableAntiforgery();
        group
            .MapPost("/refresh_token", TokenHandlers.RefreshAsync)
            .WithName("Refresh")
            .WithSummary("Exchange a refresh token for a new pair of tokens, once")
            .WithMetadata(new RequestBodyMetadata(typeof(RefreshRequest), Json))
            .Produces<TokenAnswer>(StatusCodes.Status200OK, Json)
            .Rejects();
        group
            .MapPost("/logout", TokenHandlers.SignOutAsync)
            .WithName("SignOut")
            .WithSummary("End the login that a refresh token belongs to, with all its tokens")
            .WithMetadata(new RequestBodyMetadata(typeof(RefreshRequest), Json))
            .Produces(StatusCodes.Status204NoContent)
            .Rejects();
        return group;
    }

    /// <summary>
    /// Maps a sign-in with <c>{"username", "password"}</c> in JSON beside the form of
    /// <see cref="MapPampsTokens"/>, open to everybody and with the same answers.
    /// </summary>
    /// <param name="endpoints">The host's routes, or a group of them.</param>
    /// <param name="path">Where; the form's path is taken by the form.</param>
    /// <returns>The endpoint, to which a host may add filters or conventions.</returns>
    public static RouteHandlerBuilder MapPampsJsonSignIn(
        this IEndpointRouteBuilder endpoints,
        string path = "/login"
    ) =>
        endpoints
            .MapPost(path, TokenHandlers.SignInWithJsonAsync)
            .AllowAnonymous()
            .WithSummary("Sign in with a user name or e-mail address and a password")
            .WithMetadata(new RequestBodyMetadata(typeof(SignInRequest), Json))
            .Produces<TokenAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Rejects();

    /// <summary>
    /// Maps <c>POST /session</c> (named <c>OpenSession</c>), <c>POST /session/refresh</c> (<c>RefreshSession</c>)
    /// and <c>DELETE /session</c> (<c>EndSession</c>) for the pages of this server, open to everybody: as
    /// <see cref="MapPampsTokens"/>, but the refresh token is in a cookie that scripts cannot read. Two tabs that
    /// refresh at once both succeed.
    /// </summary>
    /// <remarks>
    /// Each demands the header <c>X-Requested-With: pamps</c> and refuses what another site's page asks for. Behind
    /// a proxy that ends TLS the host needs the forwarded headers, so that it knows its own origin. Over http the cookie's
    /// path is <c>/session</c>, so these are not for a group with a prefix.
    /// </remarks>
    /// <param name="endpoints">The host's routes.</param>
    /// <returns>The three as a group, to which a host may add filters or conventions.</returns>
    public static RouteGroupBuilder MapPampsBrowserSession(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints
            .MapGroup(SessionCookie.Path)
            .AllowAnonymous()
            .AddEndpointFilter(OwnPagesOnly.FilterAsync);
        group
            .MapPost("/", SessionHandlers.OpenAsync)
            .WithName("OpenSession")
            .WithSummary("Sign a browser in; the refresh token goes into a cookie")
            .WithMetadata(new RequestBodyMetadata(typeof(TokenForm), Form))
            .WithMetadata(new RequestBodyMetadata(typeof(SignInRequest), Json))
            .Produces<SessionAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Rejects()
            .DisableAntiforgery();
        group
            .MapPost("/refresh/", SessionHandlers.RefreshAsync)
            .WithName("RefreshSession")
            .WithSummary("Exchange the cookie's refresh token for a new one and an access token")
            .Produces<SessionAnswer>(StatusCodes.Status200OK, Json)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group
            .MapDelete("/", SessionHandlers.EndAsync)
            .WithName("EndSession")
            .WithSummary("End the cookie's login with all its tokens, and clear the cookie")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        return group;
    }

    private static RouteHandlerBuilder Rejects(this RouteHandlerBuilder endpoint) =>
        endpoint
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
}
