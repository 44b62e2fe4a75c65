using System.Data.Common;
using System.Diagnostics;
using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Core.Limits;

/// <summary>
/// What somebody may do of something, and how many they may have: how it is looked up, and how one more is counted. How many they
/// have is counted from the rows themselves at the first deed of a day, and kept from then on.
/// </summary>
internal sealed class Allowance(long owner, Deed deed, Quota quota, Total? total)
{
    private const string Row = "FROM allowance a WHERE a.owner = @owner AND a.deed = @deed";
    private const string Kept = $"(SELECT a.total {Row} AND a.total_until > @now)";

    /// <summary>
    /// So long a count is kept, in microseconds: what changed besides, such as likes that went with their post or what an older
    /// version wrote, is made good with the next.
    /// </summary>
    private const long KeptFor = 24 * 3_600_000_000L;

    /// <summary>Whose it is, and of what.</summary>
    public (long Owner, Deed Deed) Key => (owner, deed);

    /// <summary>How many they may have; null for as many as they like.</summary>
    public Total? Total => total;

    /// <summary>Whether how many they have is kept with what is spent.</summary>
    public bool KeepsTotal => total is { IsKept: true };

    /// <summary>The columns that <see cref="Read"/> reads; their values are <see cref="Parameters"/>, and <c>viewer</c>.</summary>
    public string Columns =>
        $"(SELECT a.spent_until {Row})"
        + (
            KeepsTotal
                ? $", {Kept}, CASE WHEN {Kept} IS NULL THEN ({total!.Count}) END, (SELECT a.total_until {Row})"
                : ""
        );

    /// <summary>
    /// The condition that one more can be counted without a look at how they stand, where how many they have is kept; its values are
    /// <see cref="Parameters"/> and <see cref="OneMore"/>.
    /// </summary>
    public const string MayOneMoreOfKept =
        $"EXISTS (SELECT 1 {Row} AND a.total_until > @now AND a.total < @most_total AND a.spent_until <= @last)";

    /// <summary>The same where nothing is kept but what is spent.</summary>
    public const string MayOneMore = $"NOT EXISTS (SELECT 1 {Row} AND a.spent_until > @last)";

    public (string Name, object? Value)[] Parameters(DateTime now) =>
        [("owner", owner), ("deed", (short)deed), ("now", Quota.Microseconds(now))];

    /// <inheritdoc cref="MayOneMoreOfKept"/>
    public (string Name, object? Value)[] OneMore(DateTime now) =>
        [
            .. Parameters(now),
            ("last", Quota.Microseconds(now) + quota.Length - quota.Cost),
            ("most_total", total?.Most ?? long.MaxValue),
        ];

    public Standing Read(DbDataReader row) =>
        new(
            row.GetInt64OrNull(0) ?? 0,
            KeepsTotal ? row.GetInt64OrNull(1) ?? row.GetInt64(2) : 0,
            KeepsTotal && row.IsDBNull(1),
            KeepsTotal ? row.GetInt64OrNull(3) ?? 0 : 0
        );

    /// <summary>The refusal when one more would be too many.</summary>
    public Error? Check(Standing standing, DateTime now)
    {
        if (KeepsTotal && total!.Check(standing.Total) is { } full)
        {
            return full;
        }
        var at = Quota.Microseconds(now);
        return quota.Spend(standing.SpentUntil, at) is null
            ? TooMany with
            {
                Exceeded = quota.ToExceeded(standing.SpentUntil, at),
            }
            : null;
    }

    /// <summary>
    /// How many can be counted at once, of as many as are wanted: few of what is left, since what is counted ahead is nobody's
    /// until it is used; one at least.
    /// </summary>
    public int Ahead(int wanted, Standing standing, DateTime now)
    {
        var left = quota.Left(standing.SpentUntil, Quota.Microseconds(now));
        if (KeepsTotal)
        {
            left = Math.Min(left, total!.Most - standing.Total);
        }
        return (int)Math.Max(1, Math.Min(wanted, left / 20));
    }

    /// <summary>What <see cref="Spend"/> counts.</summary>
    public Counted Count(int count, Standing standing, DateTime now)
    {
        var at = Quota.Microseconds(now);
        return new(
            count,
            quota.SpentUntil(standing.SpentUntil, at, count),
            standing.IsCounted ? at + KeptFor : standing.KeptUntil
        );
    }

    /// <summary>
    /// Counts so many more. To be the last statement before the commit: it locks one row, and who waits for that holds nothing that
    /// the one in front still wants. Where others were faster and it is one too many, the table's check fails.
    /// </summary>
    public Statement Spend(int count, Standing standing, DateTime now)
    {
        var at = Quota.Microseconds(now);
        return new Statement(
            """
            INSERT INTO allowance AS a (owner, deed, spent_until, may_be_spent_until, total, may_be_total, total_until)
            VALUES (@owner, @deed, @fresh, @most, @total, @most_total, @total_until)
            ON CONFLICT (owner, deed) DO UPDATE SET
                spent_until = CASE WHEN a.spent_until > @now THEN a.spent_until + @cost ELSE excluded.spent_until END,
                may_be_spent_until = excluded.may_be_spent_until,
                total = CASE WHEN a.total_until > @now THEN a.total + @count ELSE excluded.total END,
                may_be_total = excluded.may_be_total,
                total_until = CASE WHEN a.total_until > @now AND @keeps THEN a.total_until ELSE excluded.total_until END
            """,
            [
                .. Parameters(now),
                ("count", (long)count),
                ("cost", count * quota.Cost),
                ("fresh", at + count * quota.Cost),
                ("most", at + quota.Length),
                ("keeps", KeepsTotal),
                ("total", standing.Total + count),
                ("most_total", KeepsTotal ? total!.Most : long.MaxValue),
                ("total_until", KeepsTotal ? at + KeptFor : 0),
            ]
        );
    }

    /// <summary>
    /// Keeps the count of an account that is full, where it was counted just now; else null. Its refused deeds keep nothing, and
    /// each would count anew.
    /// </summary>
    public Statement? KeepFull(Standing standing, DateTime now) =>
        standing.IsCounted && total!.Check(standing.Total) is not null
            ? new Statement(
                """
                INSERT INTO allowance AS a (owner, deed, spent_until, may_be_spent_until, total, may_be_total, total_until)
                VALUES (@owner, @deed, 0, 0, @total, @total, @total_until)
                ON CONFLICT (owner, deed) DO UPDATE SET
                    total = excluded.total, may_be_total = excluded.may_be_total, total_until = excluded.total_until
                WHERE a.total_until <= @now
                """,
                [
                    .. Parameters(now),
                    ("total", standing.Total),
                    ("total_until", Quota.Microseconds(now) + KeptFor),
                ]
            )
            : null;

    /// <summary>Counts what an account has more or less of where nothing is spent, and nobody refused.</summary>
    /// <param name="owner">The account.</param>
    /// <param name="deed">By which deed it has come by it.</param>
    /// <param name="change">How many.</param>
    /// <param name="condition">Where this is not true, nothing changes; trusted.</param>
    /// <param name="parameters">The condition's.</param>
    public static Statement Change(
        long owner,
        Deed deed,
        long change,
        string condition = "true",
        params (string, object?)[] parameters
    ) =>
        new(
            $"UPDATE allowance SET total = total + @change, may_be_total = @any WHERE owner = @owner AND deed = @deed AND {condition}",
            [
                ("owner", owner),
                ("deed", (short)deed),
                ("change", change),
                ("any", long.MaxValue),
                .. parameters,
            ]
        );

    private Error TooMany =>
        deed switch
        {
            Deed.Other or Deed.Bookmark => new(
                ErrorKind.TooMany,
                "too_many_changes",
                "Too much was changed; try again later"
            ),
            Deed.Post => new(ErrorKind.TooMany, "too_many_posts", "Too many posts; try again later"),
            Deed.Edit => new(ErrorKind.TooMany, "too_many_edits", "Too many edits; try again later"),
            Deed.Like => new(ErrorKind.TooMany, "too_many_likes", "Too many likes; try again later"),
            Deed.Follow => new(ErrorKind.TooMany, "too_many_follows", "Too many follows; try again later"),
            Deed.Upload => new(ErrorKind.TooMany, "too_many_uploads", "Too many pictures; try again later"),
            Deed.Registration => TooManyRegistrations,
            Deed.PasswordReset => new(
                ErrorKind.TooMany,
                "too_many_password_resets",
                "Too many links for a new password were asked for; try again later"
            ),
            Deed.SignIn => new(
                ErrorKind.TooMany,
                "too_many_sign_ins",
                "This account was signed in to too often; try again later"
            ),
            Deed.Application => new(
                ErrorKind.TooMany,
                "too_many_applications",
                "Too many programs were registered from here; try again later"
            ),
            _ => throw new UnreachableException($"Nobody counts {deed}"),
        };

    public static Error TooManyRegistrations { get; } =
        new(
            ErrorKind.TooMany,
            "too_many_registrations",
            "Too many accounts were made from here; try again later"
        );
}
