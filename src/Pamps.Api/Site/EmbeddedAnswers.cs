using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Pamps.Api.Posts;
using Pamps.Api.Users;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Http;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.Api.Site;

/// <summary>Writes what the API answers anonymous callers into a page, beginning with what every page asks for.</summary>
internal sealed class EmbeddedAnswers : IEmbeddedAnswers, IDisposable
{
    // Escapes < > & and U+2028, U+2029: no text that people write can end the element it stands in.
    private static readonly JsonWriterOptions SafeInHtml = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private readonly JsonSerializerOptions json;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter writer;

    public EmbeddedAnswers(
        IOptions<JsonOptions> json,
        PampsOptions options,
        IPictureMaker maker,
        IRecordingMaker recordings
    )
    {
        this.json = json.Value.SerializerOptions;
        buffer.Write("<script type=\"application/json\" id=\"pamps-initial\">"u8);
        writer = new Utf8JsonWriter(buffer, SafeInHtml);
        writer.WriteStartObject();
        Write("/config/", ConfigResponse.From(options, maker, recordings));
    }

    public IEmbeddedAnswers Add(string path, Page<PostView> posts) =>
        Write(path, posts.Items.Select(PostResponse.From).ToArray());

    public IEmbeddedAnswers Add(string path, PostWithReplies post) =>
        Write(path, PostResponseWithReplies.From(post));

    public IEmbeddedAnswers Add(string path, ProfileView profile) =>
        Write(path, ProfileResponse.From(profile));

    public ReadOnlySpan<byte> ToHtml()
    {
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("</script>"u8);
        return buffer.WrittenSpan;
    }

    public void Dispose() => writer.Dispose();

    private EmbeddedAnswers Write<T>(string path, T answer)
    {
        writer.WritePropertyName(path);
        JsonSerializer.Serialize(writer, answer, json.Of<T>());
        return this;
    }
}
