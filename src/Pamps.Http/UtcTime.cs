using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pamps.Http;

/// <summary>
/// How times are written: RFC 3339, always with microseconds and <c>+00:00</c>, which everybody reads who reads
/// <c>Z</c>, and some who do not (docs/decisions/0014-times-have-six-digits-and-an-offset.md).
/// </summary>
internal sealed class UtcTime : JsonConverter<DateTime>
{
    /// <summary>Up to the microseconds: one digit less than the round-trip format writes, and no zone.</summary>
    private const int Digits = 26;

    public override DateTime Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => reader.GetDateTimeOffset().UtcDateTime;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        Write(writer, value);

    /// <summary>Writes a time, UTC.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime time)
    {
        Span<byte> text = stackalloc byte[40];
        text[0] = (byte)'"';
        time.TryFormat(text[1..], out _, "O", CultureInfo.InvariantCulture);
        "+00:00\""u8.CopyTo(text[(1 + Digits)..]);
        // As it is: the writer would escape the plus where it escapes for HTML.
        writer.WriteRawValue(text[..(1 + Digits + 7)], skipInputValidation: true);
    }
}
