using Pamps.Api.Auth;
using Pamps.Api.Health;
using Pamps.Api.Http;
using Pamps.Api.Notifications;
using Pamps.Api.Posts;
using Pamps.Api.Search;
using Pamps.Api.Sessions;
using Pamps.Api.Site;
using Pamps.Api.Streaming;
using Pamps.Api.Tags;
using Pamps.Api.Users;
using Pamps.Auth;
using Pamps.Core.Users;

namespace Pamps.Api;

/// <summary>The table of contents of the Pamps API.</summary>
public static class ApiRoutes
{
    /// <summary>Adds what the API needs besides Core's operations.</summary>
    public static IServiceCollection AddPampsApi(
        this IServiceCollection services,
        Action<PampsAuthOptions> auth
    )
    {
        services.AddPampsProblems();
        services.ConfigureHttpJsonOptions(Json.Configure);
        services.Configure<RouteHandlerOptions>(x => x.ThrowOnBadRequest = true);
        services
            .AddPampsAuth(auth)
            .AddAccountStore<PampsAccounts>()
            .AddLoginStore<PampsLogins>()
            .AddFailureStore<PampsFailures>();
        services.AddSingleton<IPasswords, PampsPasswords>();
        services.AddSingleton<EventBytes>();
        services.AddHostedService<Drain>();
        return services;
    }

    /// <summary>Maps every route. Bad input is refused here for all of them.</summary>
    public static IEndpointRouteBuilder MapPampsApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("").AddEndpointFilter(RefuseBadInput.FilterAsync);
        api.MapUsers();
        api.MapPosts();
        api.MapSearch();
        api.MapTags();
        api.MapNotifications();
        api.MapStream();
        api.MapPampsTokens().WithTags("auth");
        api.MapSessions();
        api.MapSite();
        api.MapHealth();
        return app;
    }
}
