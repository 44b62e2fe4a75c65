namespace Pamps.Server.Http;

/// <summary>
/// Whatever GET answers, HEAD answers too, with the same headers and no body (RFC 9110 section 9.3.2): by the same endpoint,
/// and so for the same callers. The server leaves the body out, as it does for whatever is asked for by HEAD.
/// </summary>
internal static class HeadAsGet
{
    /// <summary>Finds the endpoint; for HEAD that of GET.</summary>
    public static void UseRoutingForHeadToo(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                if (HttpMethods.IsHead(context.Request.Method))
                {
                    context.Features.Set(new Asked());
                    context.Request.Method = HttpMethods.Get;
                }
                return next(context);
            }
        );
        app.UseRouting();
        app.Use(
            (context, next) =>
            {
                // No item of the request: to look for one makes the list of them, for every request.
                if (context.Features.Get<Asked>() is not null)
                {
                    context.Request.Method = HttpMethods.Head;
                }
                return next(context);
            }
        );
    }

    /// <summary>The same for what follows and has no endpoints, but looks at the method itself.</summary>
    public static void UseGetForHead(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await next(context);
                    return;
                }
                var body = context.Response.Body;
                context.Request.Method = HttpMethods.Get;
                context.Response.Body = Stream.Null;
                try
                {
                    await next(context);
                }
                finally
                {
                    context.Response.Body = body;
                    context.Request.Method = HttpMethods.Head;
                }
            }
        );

    /// <summary>Says of a request that it is one of HEAD.</summary>
    private sealed class Asked;
}
