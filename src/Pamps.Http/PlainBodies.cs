using Microsoft.AspNetCore.Http.Features;

namespace Pamps.Http;

/// <summary>Bodies come as they are: a small one that is packed could be of any size once it is unpacked.</summary>
public static class PlainBodies
{
    /// <summary>Refuses bodies with a content coding, and says which one is taken (RFC 9110 section 15.5.16).</summary>
    public static IApplicationBuilder UsePlainBodies(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var coding = context.Request.Headers.ContentEncoding;
                if (
                    coding.Count == 0
                    || coding.ToString().Trim().Equals("identity", StringComparison.OrdinalIgnoreCase)
                    || context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true
                )
                {
                    return next(context);
                }
                context.Response.Headers.AcceptEncoding = "identity";
                const string sentence = "The body must come as it is, without Content-Encoding.";
                return new ProblemResult(
                    StatusCodes.Status415UnsupportedMediaType,
                    "content_coding",
                    sentence
                ).ExecuteAsync(context);
            }
        );
}
