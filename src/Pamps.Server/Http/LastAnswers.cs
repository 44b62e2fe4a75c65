namespace Pamps.Server.Http;

/// <summary>
/// What a server that stops still answers closes its connection: a proxy must not send the next request on one that is
/// about to go away.
/// </summary>
internal static class LastAnswers
{
    public static IApplicationBuilder UseLastAnswers(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (app.Lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    // As the answer begins: what answers an exception drops the headers that were set before.
                    context.Response.OnStarting(() =>
                    {
                        context.Response.Headers.Connection = "close";
                        return Task.CompletedTask;
                    });
                }
                return next(context);
            }
        );
}
