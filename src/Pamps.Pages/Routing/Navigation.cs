using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace Pamps.Pages.Routing;

/// <summary>Tells people who go to an address from programs that ask for data.</summary>
internal static class Navigation
{
    /// <summary>Whether a browser goes there to show it: it then asks for HTML by name.</summary>
    public static bool IsNavigation(this HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(x =>
            x.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && x.Quality is not 0
        );
}

/// <summary>Marks an endpoint as a page for people.</summary>
internal sealed class PageMetadata;

/// <summary>Where a page and a call of the API have the same path, people get the page, and programs the API.</summary>
internal sealed class PageOrApiPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(IsPage) && !endpoints.All(IsPage);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var valid = Enumerable.Range(0, candidates.Count).Where(candidates.IsValidCandidate).ToList();
        var pages = valid.Where(x => IsPage(candidates[x].Endpoint)).ToList();
        if (pages.Count > 0 && pages.Count < valid.Count)
        {
            httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
            var losers = httpContext.Request.IsNavigation() ? valid.Except(pages) : pages;
            foreach (var loser in losers)
            {
                candidates.SetValidity(loser, false);
            }
        }
        return Task.CompletedTask;
    }

    private static bool IsPage(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageMetadata>() is not null;
}

/// <summary>
/// Marks an endpoint that answers GET and HEAD only. Routing decides about methods before it looks into a segment
/// such as <c>@{username}</c>, and would answer 405 for every unknown path.
/// </summary>
internal sealed class ReadOnlyMetadata;

/// <summary>Takes read-only endpoints out of the choice for other methods.</summary>
internal sealed class ReadOnlyPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsReadOnly);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var method = httpContext.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            for (var i = 0; i < candidates.Count; i++)
            {
                if (candidates.IsValidCandidate(i) && IsReadOnly(candidates[i].Endpoint))
                {
                    candidates.SetValidity(i, false);
                }
            }
        }
        return Task.CompletedTask;
    }

    private static bool IsReadOnly(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ReadOnlyMetadata>() is not null;
}
