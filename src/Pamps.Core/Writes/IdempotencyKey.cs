namespace Pamps.Core.Writes;

/// <summary>
/// What a client sends to be able to repeat a request without doing the deed twice
/// (draft-ietf-httpapi-idempotency-key-header).
/// </summary>
/// <param name="Key">The client's word: 1 to <see cref="MaxLength"/> visible ASCII characters.</param>
/// <param name="Fingerprint">
/// A keyed hash of the whole request: one key cannot stand for two requests. Keyed, because a request can hold a
/// password. At most 64 characters, better fewer: it is kept with each answer.
/// </param>
public sealed record IdempotencyKey(string Key, string Fingerprint)
{
    /// <summary>The most characters of a key.</summary>
    public const int MaxLength = 255;

    /// <summary>How many answers of an account are kept, or little more: the newest.</summary>
    public const int MostKept = 1000;

    /// <summary>How long the first answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
