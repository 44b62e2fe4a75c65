using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pamps.Core.Text;

/// <summary>JSON by generated code alone, since a natively compiled program has no other.</summary>
public static class JsonTypes
{
    /// <summary>How a type is read and written under these options.</summary>
    /// <param name="options">Those whose resolvers name the type.</param>
    /// <exception cref="NotSupportedException">No resolver of theirs has code for it.</exception>
    public static JsonTypeInfo<T> Of<T>(this JsonSerializerOptions options) =>
        (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
