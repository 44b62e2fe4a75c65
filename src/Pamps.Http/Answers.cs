using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>How operations' results become HTTP answers.</summary>
internal static class Answers
{
    /// <summary>200 with one thing, its ETag, or 304 when the client has it.</summary>
    public static IResult ToOne<T, TJson>(this Result<T> result, Func<T, TJson> toJson) =>
        result.IsRefused(out var error) ? error.ToProblem() : new OneThing<TJson>(toJson(result.Value));

    /// <summary>200 with what the thing now is.</summary>
    public static IResult ToOk<T, TJson>(this Result<T> result, Func<T, TJson> toJson) =>
        result.IsRefused(out var error) ? error.ToProblem() : new Answer<TJson>(toJson(result.Value));

    /// <summary>201 with the new thing and where it is.</summary>
    public static IResult ToCreated<T, TJson>(
        this Result<T> result,
        Func<T, string> location,
        Func<T, TJson> toJson
    ) =>
        result.IsRefused(out var error)
            ? error.ToProblem()
            : new Answer<TJson>(toJson(result.Value), StatusCodes.Status201Created, location(result.Value));

    /// <summary>201 the first time, 200 after; or another status that the thing asks for.</summary>
    public static IResult ToMade<T, TJson>(
        this Result<Made<T>> result,
        Func<T, TJson> toJson,
        Func<T, int?>? status = null
    ) =>
        result.IsRefused(out var error)
            ? error.ToProblem()
            : new Answer<TJson>(
                toJson(result.Value.Value),
                status?.Invoke(result.Value.Value)
                    ?? (result.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            );

    /// <summary>204.</summary>
    public static IResult ToNoContent(this Result<Done> result) =>
        result.IsRefused(out var error) ? error.ToProblem() : TypedResults.NoContent();

    /// <summary>202: it is done after the answer.</summary>
    public static IResult ToAccepted(this Result<Done> result) =>
        result.IsRefused(out var error)
            ? error.ToProblem()
            : TypedResults.StatusCode(StatusCodes.Status202Accepted);

    /// <summary>202 with what is to become of it.</summary>
    public static IResult ToAccepted<T, TJson>(this Result<T> result, Func<T, TJson> toJson) =>
        result.IsRefused(out var error)
            ? error.ToProblem()
            : new Answer<TJson>(toJson(result.Value), StatusCodes.Status202Accepted);

    /// <summary>200 with a page of a list, and links to its neighbours.</summary>
    public static IResult ToList<T, TJson>(this Result<Page<T>> result, Func<T, TJson> toJson) =>
        result.IsRefused(out var error) ? error.ToProblem() : result.Value.ToList(toJson);

    /// <summary>200 with a page of a list, and links to its neighbours (RFC 8288).</summary>
    public static IResult ToList<T, TJson>(this Page<T> page, Func<T, TJson> toJson) =>
        new ListAnswer<TJson>([.. page.Items.Select(toJson)], page.Next, page.Previous, page.IsIncomplete);

    /// <summary>What is answered depends on who asks; a shared cache must know that, and ask again each time.</summary>
    private static void DependsOnTheCaller(this HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Authorization);
    }

    private sealed class Answer<T>(T value, int status = StatusCodes.Status200OK, string? location = null)
        : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (location is not null)
            {
                response.Headers.Location = location;
            }
            using var json = JsonBuffer.Of(httpContext, value);
            json.Send(response);
            return Task.CompletedTask;
        }
    }

    private sealed class ListAnswer<T>(T[] items, PageRequest? next, PageRequest? previous, bool isIncomplete)
        : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var links = new[] { (next, "next"), (previous, "prev") }
                .Where(x => x.Item1 is not null)
                .Select(x => $"<{Address(httpContext.Request, x.Item1!)}>; rel=\"{x.Item2}\"");
            if (string.Join(", ", links) is { Length: > 0 } link)
            {
                httpContext.Response.Headers.Link = link;
            }
            if (isIncomplete)
            {
                // The true of RFC 8941.
                httpContext.Response.Headers["Search-Incomplete"] = "?1";
            }
            httpContext.Response.DependsOnTheCaller();
            using var json = JsonBuffer.Of(httpContext, items);
            json.Send(httpContext.Response);
            return Task.CompletedTask;
        }

        private static string Address(HttpRequest request, PageRequest page)
        {
            // Everything else that was asked stays as it was.
            var query = request
                .Query.Where(x => x.Key.ToLowerInvariant() is not ("before" or "after"))
                .SelectMany(x => x.Value, (x, value) => KeyValuePair.Create(x.Key, value));
            var cursors = new Dictionary<string, string?>
            {
                ["before"] = page.Before?.ToString(CultureInfo.InvariantCulture),
                ["after"] = page.After?.ToString(CultureInfo.InvariantCulture),
            };
            var links = request.HttpContext.RequestServices.GetRequiredService<SiteLinks>();
            return QueryHelpers.AddQueryString(
                links.Absolute(request, request.PathBase.ToUriComponent() + request.Path.ToUriComponent()),
                query.Concat(cursors.Where(x => x.Value is not null))
            );
        }
    }

    private sealed class OneThing<T>(T value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            using var json = JsonBuffer.Of(httpContext, value);
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json.Written).AsSpan(0, 16))}\"";
            var response = httpContext.Response;
            response.Headers.ETag = tag;
            response.DependsOnTheCaller();
            if (Matches(httpContext.Request.Headers.IfNoneMatch.ToString(), tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
            }
            else
            {
                json.Send(response);
            }
            return Task.CompletedTask;
        }

        /// <summary>The weak comparison of RFC 9110 section 13.1.2.</summary>
        private static bool Matches(string ifNoneMatch, string tag) =>
            ifNoneMatch.Length > 0
            && (
                ifNoneMatch == "*"
                || ifNoneMatch
                    .Split(',')
                    .Any(x => x.Trim() is var known && (known == tag || known == "W/" + tag))
            );
    }
}
