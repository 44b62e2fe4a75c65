using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pamps.Http;

namespace Pamps.Api.Media;

/// <summary>Writes the addresses of files where they have a host of their own: whatever answer they stand in, by the names that they have in all.</summary>
internal sealed class FileAddresses(SiteLinks links) : JsonConverter<string>
{
    public void PutInto(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (
                property.Name is "url" or "preview_url" or "avatar"
                && property.PropertyType == typeof(string)
            )
            {
                property.CustomConverter = this;
            }
        }
    }

    public override string? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(links.Picture(value));
}
