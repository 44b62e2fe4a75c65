using Pamps.Core;

namespace Pamps.Http;

/// <summary>Turns away requests for hosts that are not this site's, where that is set.</summary>
public static class OwnHosts
{
    /// <summary>
    /// Answers them 421 (RFC 9110 section 15.5.20). Those who ask after the server's health are a machine's, and may call it what
    /// they like.
    /// </summary>
    public static void UseOwnHosts(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Services.GetRequiredService<PampsOptions>().Http.RefuseOtherHosts)
        {
            return;
        }
        var links = app.Services.GetRequiredService<SiteLinks>();
        app.Use(
            (context, next) =>
            {
                if (
                    links.Serves(context.Request.Host)
                    || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                )
                {
                    return next(context);
                }
                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return Task.CompletedTask;
            }
        );
    }
}
