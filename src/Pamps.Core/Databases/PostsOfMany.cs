namespace Pamps.Core.Databases;

/// <summary>Posts of many authors, in parts of SQL of which a <see cref="Dialect"/> makes a statement; trusted.</summary>
/// <param name="Authors">What the authors are read from: a table <c>s</c>, their ids in its column <c>to</c>.</param>
/// <param name="Which">The condition on <c>s</c>: whose posts.</param>
/// <param name="Condition">The condition on a post <c>p</c>: which of theirs.</param>
public sealed record PostsOfMany(string Authors, string Which, string Condition);
