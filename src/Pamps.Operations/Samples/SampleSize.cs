using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>How large a sample community is, and which one of its size.</summary>
/// <param name="Users">How many people, from 2 to 1,000,000.</param>
/// <param name="Posts">How many posts with replies among them, up to 50,000,000.</param>
/// <param name="Seed">Any number; the same one gives the same community again.</param>
public sealed record SampleSize(int Users, int Posts, int Seed)
{
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
