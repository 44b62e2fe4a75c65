using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Pamps.Api.Posts;
using Pamps.Api.Users;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.Api.Site;

/// <summary>
/// What the API answers anonymous callers, collected for a page that would ask for it at once. One for each page.
/// </summary>
public sealed class EmbeddedAnswers : IDisposable
{
    // Escapes < > & and U+2028, U+2029: no text that people write can end the element it stands in.
    private static readonly JsonWriterOptions SafeInHtml = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private readonly JsonSerializerOptions json;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter writer;

    /// <summary>Begins with what <c>GET /config/</c> answers, which every page asks for.</summary>
    public EmbeddedAnswers(IOptions<JsonOptions> json, PampsOptions options)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(options);
        this.json = json.Value.SerializerOptions;
        buffer.Write("<script type=\"application/json\" id=\"pamps-initial\">"u8);
        writer = new Utf8JsonWriter(buffer, SafeInHtml);
        writer.WriteStartObject();
        Write("/config/", ConfigResponse.From(options));
    }

    /// <summary>Adds a page of a list of posts.</summary>
    /// <param name="path">The path, with the query, that the API answers so at.</param>
    /// <param name="posts">The answer, as an anonymous viewer sees it.</param>
    public EmbeddedAnswers Add(string path, Page<PostView> posts)
    {
        ArgumentNullException.ThrowIfNull(posts);
        return Write(path, posts.Items.Select(PostResponse.From).ToArray());
    }

    /// <inheritdoc cref="Add(string, Page{PostView})" />
    /// <summary>Adds a post with its replies.</summary>
    public EmbeddedAnswers Add(string path, PostWithReplies post) =>
        Write(path, PostResponseWithReplies.From(post));

    /// <inheritdoc cref="Add(string, Page{PostView})" />
    /// <summary>Adds a profile.</summary>
    public EmbeddedAnswers Add(string path, ProfileView profile) =>
        Write(path, ProfileResponse.From(profile));

    /// <summary>The element that holds the answers: a block of data, which no browser runs.</summary>
    public ReadOnlySpan<byte> ToHtml()
    {
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("</script>"u8);
        return buffer.WrittenSpan;
    }

    /// <summary>Lets go of the writer.</summary>
    public void Dispose() => writer.Dispose();

    private EmbeddedAnswers Write<T>(string path, T answer)
    {
        writer.WritePropertyName(path);
        JsonSerializer.Serialize(writer, answer, json);
        return this;
    }
}
