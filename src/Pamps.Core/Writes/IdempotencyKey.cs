namespace Pamps.Core.Writes;

/// <summary>
/// What a client sends to be able to repeat a request without doing the deed twice
/// (draft-ietf-httpapi-idempotency-key-header).
/// </summary>
/// <param name="Key">The client's word, 1 to 255 visible ASCII characters.</param>
/// <param name="Fingerprint">
/// A keyed hash of the whole request: one key cannot stand for two requests. Keyed, because a request can hold a
/// password. At most 64 characters.
/// </param>
public sealed record IdempotencyKey(string Key, string Fingerprint)
{
    /// <summary>How long the first answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
