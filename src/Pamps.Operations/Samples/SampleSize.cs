using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>How large a sample community is, which one of its size, and until when.</summary>
/// <param name="Users">How many people, from 2 to 1,000,000.</param>
/// <param name="Posts">How many posts with replies among them, up to 50,000,000.</param>
/// <param name="Seed">Any number; the same one gives the same community again.</param>
public sealed record SampleSize(int Users, int Posts, int Seed)
{
    /// <summary>The first moment at which a sample can end: ids count from 2024, and it covers most of a year.</summary>
    public static readonly DateTime EarliestUntil = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When the last of it happened, UTC; not in the future, since ids grow with time.</summary>
    public DateTime Until { get; init; } = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The most users there can be.</summary>
    public const int MaxUsers = 1_000_000;

    /// <summary>The most posts there can be.</summary>
    public const int MaxPosts = 50_000_000;
}

/// <summary>What a fill has put into the database.</summary>
/// <param name="Users">The users.</param>
/// <param name="Posts">The posts, replies included.</param>
/// <param name="Replies">Those posts that are replies.</param>
/// <param name="Likes">The likes.</param>
/// <param name="Follows">The follows.</param>
public sealed record SampleSummary(long Users, long Posts, long Replies, long Likes, long Follows);
