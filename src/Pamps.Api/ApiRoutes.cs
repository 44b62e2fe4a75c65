using Pamps.Api.Archives;
using Pamps.Api.Filters;
using Pamps.Api.Health;
using Pamps.Api.Invitations;
using Pamps.Api.Media;
using Pamps.Api.Moderation;
using Pamps.Api.Notifications;
using Pamps.Api.OAuth;
using Pamps.Api.Posts;
using Pamps.Api.Search;
using Pamps.Api.Sessions;
using Pamps.Api.Site;
using Pamps.Api.Streaming;
using Pamps.Api.Tags;
using Pamps.Api.Users;
using Pamps.Auth;
using Pamps.Http;
using Pamps.Http.Accounts;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.Api;

/// <summary>The table of contents of the Pamps API.</summary>
public static class ApiRoutes
{
    /// <summary>The CORS policy of what pages of any origin may call.</summary>
    public const string AnyOrigin = "any origin";

    /// <summary>Adds what the API needs besides Core's operations and the accounts.</summary>
    public static IServiceCollection AddPampsApi(this IServiceCollection services)
    {
        services.AddOptions<JsonOptions>().Configure<SiteLinks>(Json.Configure);
        return services
            .AddPampsHttp()
            .AddSingleton<EventBytes>()
            .AddTransient<IEmbeddedAnswers, EmbeddedAnswers>();
    }

    /// <summary>Maps every route. Bad input is refused here for all of them.</summary>
    public static IEndpointRouteBuilder MapPampsApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("").AddEndpointFilter(RefuseBadInput.FilterAsync);
        api.AllowScopes();
        // All but signing in with a password and out, which has a limit of its own, and what load balancers ask.
        var counted = api.MapGroup("").Counted();
        counted.MapUsers();
        counted.MapPasswords();
        counted.MapSecondFactors();
        counted.MapPasskeys();
        counted.MapEmails();
        counted.MapArchives();
        counted.MapImports();
        counted.MapInvitations();
        counted.MapRelations();
        counted.MapFilters();
        counted.MapPosts();
        counted.MapMedia();
        counted.MapSearch();
        counted.MapTags();
        counted.MapNotifications();
        counted.MapModeration();
        counted.MapAppeals();
        counted.MapStream();
        counted.MapOAuth();
        api.MapPampsTokens().AddEndpointFilter(Caller.FilterAsync).WithTags("auth");
        api.MapSessions();
        counted.MapSite();
        api.MapMediaFiles();
        api.MapHealth();
        return app;
    }
}
