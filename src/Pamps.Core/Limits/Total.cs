using Pamps.Core.Results;

namespace Pamps.Core.Limits;

/// <summary>How many of something an account may have, so that none fills the disk, however patient it is.</summary>
/// <param name="Name">Its name in the headers of a refusal.</param>
/// <param name="Most">How many; at least 1.</param>
/// <param name="Count">A query that counts those of the account that is the parameter <c>viewer</c>.</param>
/// <param name="IsKept">
/// Whether the count is kept with what is spent, for it would cost too much each time. Where it is not, the operation locks the
/// account's user before it counts, so that of two at once the later sees what the earlier made.
/// </param>
/// <param name="Full">The refusal of one more.</param>
internal sealed record Total(string Name, int Most, string Count, bool IsKept, Error Full)
{
    /// <summary>The refusal, when the account has so many already that one more would be too many.</summary>
    public Error? Check(long has) => has < Most ? null : Full with { Exceeded = new(Name, Most) };
}
