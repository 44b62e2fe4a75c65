using Pamps.Core;
using Pamps.Core.Media;

namespace Pamps.Http;

/// <summary>What each host serves: the site's own all, the files' own nothing but them, and others nothing, where that is set.</summary>
public static class OwnHosts
{
    /// <summary>
    /// Answers requests for other hosts 421 (RFC 9110 section 15.5.20), and for all but files at the files' own host 404. Those who ask
    /// after the server's health are a machine's, and may call it what they like.
    /// </summary>
    public static void UseOwnHosts(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var links = app.Services.GetRequiredService<SiteLinks>();
        var refusesOthers = app.Services.GetRequiredService<PampsOptions>().Http.RefuseOtherHosts;
        if (!refusesOthers && links.FilesOrigin is null)
        {
            return;
        }
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                if (request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
                {
                    return next(context);
                }
                var isForFiles = links.IsForFiles(request.Host);
                if (isForFiles ? IsOfFile(request) : !refusesOthers || links.Serves(request.Host))
                {
                    return next(context);
                }
                context.Response.StatusCode = isForFiles
                    ? StatusCodes.Status404NotFound
                    : StatusCodes.Status421MisdirectedRequest;
                return Task.CompletedTask;
            }
        );
    }

    private static bool IsOfFile(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && MediaFileName.NameIn(request.Path.Value ?? "") is not null;
}
