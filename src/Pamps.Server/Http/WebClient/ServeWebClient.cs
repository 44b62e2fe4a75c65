using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pamps.Api.Site;

namespace Pamps.Server.Http.WebClient;

/// <summary>Serves the web client: its files, its pages, and feeds.</summary>
internal static class ServeWebClient
{
    public static IServiceCollection AddWebClient(this IServiceCollection services)
    {
        services.AddSingleton(_ => WebClientFiles.Embedded());
        services.AddTransient<EmbeddedAnswers>();
        services.Configure<RouteOptions>(x => x.SetParameterPolicy<UsernameConstraint>("username"));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PageOrApiPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ReadOnlyPolicy>());
        return services;
    }

    /// <summary>Maps the pages, and answers after everything else for the client's files and unknown addresses.</summary>
    public static void MapWebClient(this WebApplication app)
    {
        app.MapPages();
        app.MapFeeds();
        app.MapGet("/robots.txt", () => Results.Text(Robots))
            .WithName("Robots")
            .WithSummary("What robots may read")
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.Use(AnswerTheRestAsync);
    }

    /// <summary>The pages and what they are drawn from may be read. What answers each of many queries may not.</summary>
    private const string Robots = """
        User-agent: *
        Disallow: /search
        Disallow: /stream
        Disallow: /docs
        Disallow: /redoc

        """;

    private static Task AnswerTheRestAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (
            context.GetEndpoint() is not null
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        )
        {
            return next(context);
        }
        var files = context.RequestServices.GetRequiredService<WebClientFiles>();
        return files.TryFind(request.Path, out var file) ? file.SendAsync(context)
            : request.IsNavigation() ? Pages.NotFound(request).ExecuteAsync(context)
            : next(context);
    }

    /// <summary>What can be a user's name; a dot ends it, so that <c>/@ana.rss</c> is no page.</summary>
    private sealed class UsernameConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection routeDirection
        ) =>
            Convert.ToString(values[routeKey], CultureInfo.InvariantCulture) is { Length: > 0 } name
            && name.All(x => char.IsAsciiLetterOrDigit(x) || x == '_');
    }
}
