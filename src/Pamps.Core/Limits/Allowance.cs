using System.Diagnostics;
using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Core.Limits;

/// <summary>What somebody may do of something: how it is looked up, and how one more is counted.</summary>
internal sealed class Allowance(long owner, Deed deed, Quota quota)
{
    /// <summary>A subquery for what is spent; its values are <see cref="Parameters"/>.</summary>
    public const string Spent =
        "(SELECT a.spent_until FROM allowance a WHERE a.owner = @owner AND a.deed = @deed)";

    public (string Name, object? Value)[] Parameters => [("owner", owner), ("deed", (short)deed)];

    /// <summary>The refusal when one more would be too many.</summary>
    public Error? Check(long spentUntil, DateTime now)
    {
        var at = Quota.Microseconds(now);
        return quota.Spend(spentUntil, at) is null
            ? TooMany with
            {
                Exceeded = quota.ToExceeded(spentUntil, at),
            }
            : null;
    }

    /// <summary>
    /// Counts one more. To be the last statement before the commit: it locks one row, and who waits for that holds nothing that
    /// the one in front still wants. Where others were faster and it is one too many, the table's check fails.
    /// </summary>
    public Statement Spend(DateTime now)
    {
        var at = Quota.Microseconds(now);
        return new Statement(
            """
            INSERT INTO allowance AS a (owner, deed, spent_until, may_be_spent_until)
            VALUES (@owner, @deed, @fresh, @most)
            ON CONFLICT (owner, deed) DO UPDATE SET
                spent_until = CASE WHEN a.spent_until > @now THEN a.spent_until + @cost ELSE excluded.spent_until END,
                may_be_spent_until = excluded.may_be_spent_until
            """,
            [
                .. Parameters,
                ("now", at),
                ("cost", quota.Cost),
                ("fresh", at + quota.Cost),
                ("most", at + quota.Length),
            ]
        );
    }

    private Error TooMany =>
        deed switch
        {
            Deed.Other => new(ErrorKind.TooMany, "too_many_changes", "Too much was changed; try again later"),
            Deed.Post => new(ErrorKind.TooMany, "too_many_posts", "Too many posts; try again later"),
            Deed.Edit => new(ErrorKind.TooMany, "too_many_edits", "Too many edits; try again later"),
            Deed.Like => new(ErrorKind.TooMany, "too_many_likes", "Too many likes; try again later"),
            Deed.Follow => new(ErrorKind.TooMany, "too_many_follows", "Too many follows; try again later"),
            Deed.Registration => TooManyRegistrations,
            _ => throw new UnreachableException($"Nobody counts {deed}"),
        };

    public static Error TooManyRegistrations { get; } =
        new(
            ErrorKind.TooMany,
            "too_many_registrations",
            "Too many accounts were made from here; try again later"
        );
}
