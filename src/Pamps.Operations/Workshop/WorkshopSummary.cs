namespace Pamps.Operations.Workshop;

/// <summary>What an import did.</summary>
/// <param name="Users">Accounts that were made.</param>
/// <param name="UsersHere">Accounts that an import before had made.</param>
/// <param name="Posts">Posts that were written.</param>
/// <param name="Likes">Likes that were written.</param>
/// <param name="Follows">Follows that were written.</param>
/// <param name="LeftOut">What was left out, a sentence each.</param>
public sealed record WorkshopSummary(
    long Users,
    long UsersHere,
    long Posts,
    long Likes,
    long Follows,
    IReadOnlyList<string> LeftOut
);
