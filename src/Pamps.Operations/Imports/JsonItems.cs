using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pamps.Operations.Imports;

/// <summary>
/// Reads the items of a long array one by one, without ever having more than one in memory: the array is all there is, or a property of
/// the one object that is.
/// </summary>
internal static class JsonItems
{
    /// <summary>Several times what the longest post takes.</summary>
    public const int LongestItem = 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    /// <summary>The items as they are written; each holds until the next one is asked for.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="property">The property whose array it is; null for the array itself, before which a script's beginning may stand.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="InvalidDataException">It is no such text, or has an item that is too long.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream json,
        string? property,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var buffer = new byte[64 * 1024];
        var (length, isEnded) = (0, false);
        var parse = new Parse(property);
        var found = new List<Range>();
        while (true)
        {
            var consumed = Next(ref parse, buffer.AsSpan(0, length), isEnded, found);
            foreach (var range in found)
            {
                yield return buffer.AsMemory(range);
            }
            found.Clear();
            if (parse.IsDone)
            {
                yield break;
            }
            if (isEnded)
            {
                throw new InvalidDataException("It ends in the middle.");
            }
            buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
            length -= consumed;
            if (length == buffer.Length)
            {
                if (length >= LongestItem)
                {
                    throw new InvalidDataException("An item in it is too long.");
                }
                Array.Resize(ref buffer, length * 2);
            }
            var read = await json.ReadAsync(buffer.AsMemory(length), ct);
            length += read;
            isEnded = read == 0;
        }
    }

    private static int Next(ref Parse parse, ReadOnlySpan<byte> text, bool isEnded, List<Range> found)
    {
        try
        {
            return parse.Run(text, isEnded, found);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("It is no JSON of the form that is known.", exception);
        }
    }

    private struct Parse(string? property)
    {
        private JsonReaderState state = new(Options);
        private bool isBegun = property is not null;
        private bool isInObject;
        private bool isInArray;

        public bool IsDone { get; private set; }

        /// <summary>Goes on as far as the text goes; answers how much of it is not needed any more.</summary>
        public int Run(ReadOnlySpan<byte> text, bool isEnded, List<Range> found)
        {
            var passed = 0;
            if (!isBegun)
            {
                // window.YTD.tweets.part0 = [
                var start = text.IndexOf((byte)'[');
                if (start < 0)
                {
                    return text.Length > 1024 ? throw new JsonException("There is no array.") : 0;
                }
                (isBegun, passed) = (true, start);
                text = text[start..];
            }
            else if (!isInObject && !isInArray && text.StartsWith("\uFEFF"u8))
            {
                passed = 3;
                text = text[3..];
            }
            var reader = new Utf8JsonReader(text, isEnded, state);
            var consumed = 0;
            while (!IsDone && Step(ref reader, found, passed))
            {
                (consumed, state) = ((int)reader.BytesConsumed, reader.CurrentState);
            }
            return passed + consumed;
        }

        /// <summary>One step; false when there is not enough text for it.</summary>
        private bool Step(ref Utf8JsonReader reader, List<Range> found, int passed)
        {
            if (!reader.Read())
            {
                return false;
            }
            if (isInArray)
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    IsDone = true;
                    return true;
                }
                var start = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    return false;
                }
                found.Add((passed + start)..(passed + (int)reader.BytesConsumed));
                return true;
            }
            if (property is null || isInObject)
            {
                return InObject(ref reader);
            }
            isInObject = reader.TokenType == JsonTokenType.StartObject;
            return isInObject ? true : throw new JsonException("There is no object.");
        }

        private bool InObject(ref Utf8JsonReader reader)
        {
            if (property is null)
            {
                isInArray = reader.TokenType == JsonTokenType.StartArray;
                return isInArray ? true : throw new JsonException("There is no array.");
            }
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                // It has no such property, and so no items.
                IsDone = true;
                return true;
            }
            var isIt = reader.ValueTextEquals(property);
            if (!isIt)
            {
                return reader.TrySkip();
            }
            if (!reader.Read())
            {
                return false;
            }
            isInArray = reader.TokenType == JsonTokenType.StartArray;
            return isInArray ? true : throw new JsonException("There is no array.");
        }
    }
}
