namespace Pamps.Core.Users;

/// <summary>What refers to somebody whose account is erased, and is worth no step of its own.</summary>
internal static class ErasedRows
{
    /// <summary>All else that refers to a user: where, and by which column.</summary>
    public static readonly (string Table, string Column)[] Rest =
    [
        ("notification", "user_id"),
        ("notification_aside", "user_id"),
        ("notification_accepted", "user_id"),
        ("notification_accepted", "actor_id"),
        ("bookmark", "user_id"),
        ("mention", "user_id"),
        ("audience", "user_id"),
        ("block", "\"from\""),
        ("block", "\"to\""),
        ("mute", "\"from\""),
        ("mute", "\"to\""),
        ("follow_request", "\"from\""),
        ("follow_request", "\"to\""),
        ("report", "user_id"),
        ("moderation", "user_id"),
        ("imported_post", "user_id"),
        ("idempotency", "user_id"),
        ("allowance", "owner"),
    ];
}
