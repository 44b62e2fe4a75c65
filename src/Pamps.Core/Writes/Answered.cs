namespace Pamps.Core.Writes;

/// <summary>A row of the table <c>idempotency</c>: the first answer to a request that carried an Idempotency-Key.</summary>
internal sealed class Answered
{
    /// <summary>Whose key it is; 0 for a caller who was not signed in.</summary>
    public long UserId { get; set; }
    public required string Key { get; set; }

    /// <summary>A keyed hash of the request, so that one key cannot stand for two requests.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>The answer as JSON; null only inside the transaction that is about to give it.</summary>
    public string? Answer { get; set; }
    public DateTime CreatedAt { get; set; }
}
