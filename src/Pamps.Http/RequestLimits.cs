using Pamps.Auth;
using Pamps.Core.Limits;

namespace Pamps.Http;

/// <summary>Turns away whoever asks for more than an address may.</summary>
public static class RequestLimits
{
    /// <summary>
    /// Counts the requests to endpoints that are <see cref="Counted"/>. To stand behind authentication, since superusers are not
    /// limited, and behind CORS, so that pages of other origins can read the refusal.
    /// </summary>
    public static IApplicationBuilder UseRequestLimits(this IApplicationBuilder app)
    {
        var limit = app.ApplicationServices.GetRequiredService<LimitRequests>();
        return app.Use(
            (context, next) =>
                context.GetEndpoint()?.Metadata.GetMetadata<CountedMetadata>() is not null
                && CallerNetwork.Of(context) is { } network
                && context.GetSignedIn() is not { Superuser: true }
                && limit.Count(network) is { } error
                    ? error.ToProblem().ExecuteAsync(context)
                    : next(context)
        );
    }

    /// <summary>Lets its requests count, as is right where the database is asked.</summary>
    public static TBuilder Counted<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(
            new CountedMetadata(),
            new ProducesResponseTypeMetadata(
                StatusCodes.Status429TooManyRequests,
                typeof(Problem),
                ["application/problem+json"]
            )
        );

    private sealed class CountedMetadata;
}
