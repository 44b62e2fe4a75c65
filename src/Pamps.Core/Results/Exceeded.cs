namespace Pamps.Core.Results;

/// <summary>What somebody has had all of, for now.</summary>
/// <param name="Name">Its name for programs, such as <c>posts</c>.</param>
/// <param name="Most">How many there are in the time.</param>
/// <param name="Window">The time in which there are so many.</param>
/// <param name="RetryAfter">How long until there is one more.</param>
public sealed record Exceeded(string Name, int Most, TimeSpan Window, TimeSpan RetryAfter);
