namespace Pamps.Core.Results;

/// <summary>What somebody has had all of, for now or until they give some of it back.</summary>
/// <param name="Name">Its name for programs, such as <c>posts</c>.</param>
/// <param name="Most">How many there are, in the time or in total.</param>
/// <param name="Window">The time in which there are so many; null for in total.</param>
/// <param name="RetryAfter">How long until there is one more; null where no time helps.</param>
public sealed record Exceeded(string Name, int Most, TimeSpan? Window = null, TimeSpan? RetryAfter = null);
