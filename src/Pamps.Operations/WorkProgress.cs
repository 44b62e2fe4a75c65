namespace Pamps.Operations;

/// <summary>How far long work has come.</summary>
/// <param name="Step">What is worked on now, such as <c>posts</c>.</param>
/// <param name="Done">How many of it are done.</param>
/// <param name="Total">How many there are.</param>
public sealed record WorkProgress(string Step, long Done, long Total);
