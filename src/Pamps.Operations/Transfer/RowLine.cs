using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pamps.Core;

namespace Pamps.Operations.Transfer;

/// <summary>A row as a line of JSON, an array with a value per column. The same row gives the same bytes everywhere.</summary>
internal sealed class RowLine : IDisposable
{
    private readonly ArrayBufferWriter<byte> bytes = new(1024);
    private readonly Utf8JsonWriter json;

    public RowLine() =>
        json = new Utf8JsonWriter(
            bytes,
            new JsonWriterOptions
            {
                // A line is read by programs, never put into a page.
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                SkipValidation = true,
            }
        );

    /// <summary>Writes a row; without the end of the line. The bytes hold until the next row is written.</summary>
    public ReadOnlyMemory<byte> Write(object?[] row)
    {
        bytes.ResetWrittenCount();
        json.Reset();
        json.WriteStartArray();
        foreach (var value in row)
        {
            switch (value)
            {
                case null:
                    json.WriteNullValue();
                    break;
                case long or int or short:
                    json.WriteNumberValue(Convert.ToInt64(value, null));
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case DateTime time:
                    json.WriteStringValue(time);
                    break;
                default:
                    throw new NotSupportedException($"A {value.GetType()} is not carried.");
            }
        }
        json.WriteEndArray();
        json.Flush();
        return bytes.WrittenMemory;
    }

    /// <summary>Reads the row that a line holds, with a value for each of these columns.</summary>
    /// <exception cref="FormatException">The line holds something else.</exception>
    public static object?[] Read(ReadOnlySpan<byte> line, IReadOnlyList<StoredColumn> columns)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var row = new object?[columns.Count];
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            for (var i = 0; i < row.Length; i++)
            {
                Expect(reader.Read());
                row[i] =
                    reader.TokenType == JsonTokenType.Null ? null : ReadValue(ref reader, columns[i].Type);
            }
            Expect(reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read());
            return row;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("A line is not a row of its table.", exception);
        }
    }

    public void Dispose() => json.Dispose();

    private static object ReadValue(ref Utf8JsonReader reader, TypeCode type) =>
        type switch
        {
            TypeCode.Int64 => reader.GetInt64(),
            TypeCode.Int32 => reader.GetInt32(),
            TypeCode.Int16 => reader.GetInt16(),
            TypeCode.Boolean => reader.GetBoolean(),
            TypeCode.String => reader.GetString()!,
            TypeCode.DateTime => reader.GetDateTime(),
            _ => throw new NotSupportedException($"A {type} is not carried."),
        };

    private static void Expect(bool isSo)
    {
        if (!isSo)
        {
            throw new FormatException("A line is not a row of its table.");
        }
    }
}
