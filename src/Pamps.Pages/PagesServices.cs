using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Text;
using Pamps.Http;
using Pamps.Pages.Embeds;
using Pamps.Pages.Feeds;
using Pamps.Pages.Files;
using Pamps.Pages.Routing;

namespace Pamps.Pages;

/// <summary>Serves the web client: its files, its pages, and feeds.</summary>
public static class PagesServices
{
    /// <summary>
    /// Adds what pages, feeds and files need. An <c>IEmbeddedAnswers</c> must be there, too; <see cref="LogoIcons"/> where the site has a
    /// logo of its own.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="program">The assembly that the client was built into.</param>
    public static IServiceCollection AddPampsPages(this IServiceCollection services, Assembly program)
    {
        services.AddSingleton(x =>
            WebClientFiles.EmbeddedIn(
                program,
                x.GetRequiredService<PampsOptions>().Site,
                x.GetService<LogoIcons>(),
                x.GetRequiredService<SiteLinks>().PictureSources
            )
        );
        services.Configure<RouteOptions>(x => x.SetParameterPolicy<UsernameConstraint>("username"));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PageOrApiPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ReadOnlyPolicy>());
        return services;
    }

    /// <summary>Whether the program was built with the client.</summary>
    public static bool HasWebClient(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<WebClientFiles>().IsPresent;
    }

    /// <summary>Maps the pages, and answers after everything else for the client's files and unknown addresses.</summary>
    public static void MapPampsPages(this WebApplication app)
    {
        app.MapPages();
        app.MapFeeds();
        app.MapEmbeds();
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
            : request.IsNavigation() ? PageRoutes.NotFound(request).ExecuteAsync(context)
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
            && name.All(UserName.IsCharacter);
    }
}
