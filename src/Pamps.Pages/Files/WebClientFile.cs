using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Pamps.Pages.Files;

/// <summary>A file in each form it was compressed to, in memory once it was asked for.</summary>
internal sealed class WebClientFile
{
    /// <summary>Reads for pages that have no connection; what it may read is what its own answer says.</summary>
    private const string ServiceWorker = "/service-worker.js";
    private const string ServiceWorkerPolicy =
        "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly FileExtensionContentTypeProvider Types = new();
    private readonly FrozenDictionary<string, Lazy<Form>> forms;
    private readonly string contentType;
    private readonly string cacheControl;
    private readonly string? policy;

    private WebClientFile(string path, FrozenDictionary<string, Lazy<Form>> forms)
    {
        this.forms = forms;
        contentType = TypeOf(path);
        policy = path == ServiceWorker ? ServiceWorkerPolicy : null;
        // The names of assets hold a hash of what is in them: another content has another name.
        cacheControl = path.StartsWith("/assets/", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
    }

    public static WebClientFile Of(string path, IReadOnlyDictionary<string, Func<byte[]>> contents) =>
        new(
            path,
            ContentCoding
                .All.Where(x => contents.ContainsKey(path + x.Extension))
                .ToFrozenDictionary(
                    x => x.Name,
                    x => new Lazy<Form>(
                        () => Read(contents[path + x.Extension]),
                        // What goes wrong is tried again.
                        LazyThreadSafetyMode.PublicationOnly
                    )
                )
        );

    /// <summary>Sends the smallest form that the client takes, or 304 when it has that already.</summary>
    public Task SendAsync(HttpContext context)
    {
        var coding = ContentCoding.Choose(context.Request.Headers.AcceptEncoding, forms.ContainsKey);
        var (content, tag) = forms[coding].Value;
        ContentCoding.Announce(context.Response, coding);
        context.Response.Headers.CacheControl = cacheControl;
        if (policy is not null)
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
        }
        return TypedResults.Bytes(content, contentType, entityTag: tag).ExecuteAsync(context);
    }

    public static EntityTagHeaderValue TagOf(ReadOnlySpan<byte> content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");

    private static Form Read(Func<byte[]> read)
    {
        var content = read();
        return new Form(content, TagOf(content));
    }

    private static string TypeOf(string path)
    {
        var type = Types.TryGetContentType(path, out var found) ? found : "application/octet-stream";
        var isText =
            type.StartsWith("text/", StringComparison.Ordinal)
            || type is "application/json" or "application/manifest+json" or "image/svg+xml";
        return isText ? type + "; charset=utf-8" : type;
    }

    private sealed record Form(byte[] Content, EntityTagHeaderValue Tag);
}
