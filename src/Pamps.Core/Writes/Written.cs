using System.Text.Json.Serialization;

namespace Pamps.Core.Writes;

/// <summary>
/// What an operation answers that makes something out of people's words: of that an Idempotency-Key keeps no more than the id, since
/// the words must be gone when the thing is.
/// </summary>
internal sealed record Written<T>(long Id)
    where T : class
{
    /// <summary>The thing; null when an earlier request made it, and it is to be read anew.</summary>
    [JsonIgnore]
    public T? View { get; init; }
}
