using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pamps.Core.Text;

/// <summary>How JSON is written that is kept in a column.</summary>
internal static class KeptJson
{
    /// <summary>New options, since each belongs to the context that it is given to.</summary>
    public static JsonSerializerOptions NewOptions() =>
        new()
        {
            // Text stays readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        };
}
