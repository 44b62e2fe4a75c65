using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Posts;

namespace Pamps.Api.Posts;

/// <summary>
/// A mention, hashtag or URL in a post. Answers hold what was stored with the post; this only describes it to clients.
/// </summary>
/// <param name="Kind"><c>mention</c>, <c>hashtag</c> or <c>url</c>.</param>
/// <param name="Start">Where it begins in the text, in code points.</param>
/// <param name="Length">How many code points it has, its sign included.</param>
/// <param name="Username">Of a mention: the user's name.</param>
/// <param name="UserId">Of a mention: the user's id.</param>
/// <param name="Tag">Of a hashtag: the tag as it is compared, without its sign.</param>
/// <param name="Url">Of a URL: the address.</param>
internal sealed record EntityResponse(
    string Kind,
    int Start,
    int Length,
    string? Username = null,
    long? UserId = null,
    string? Tag = null,
    string? Url = null
);

/// <summary>Writes the stored array as it is.</summary>
internal sealed class EntitiesConverter : JsonConverter<EntitiesJson>
{
    public override EntitiesJson Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => new(JsonElement.ParseValue(ref reader).GetRawText());

    public override void Write(Utf8JsonWriter writer, EntitiesJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(), skipInputValidation: true);
}
