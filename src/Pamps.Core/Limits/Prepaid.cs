namespace Pamps.Core.Limits;

/// <summary>
/// What this instance has counted in the database ahead of the deeds themselves, so that of somebody who does much in a short time
/// not each deed changes the row that counts them. It begins with none ahead and doubles as long as all are used, up to a
/// twentieth of what is left: who is near a limit is counted one by one. What an instance that ends leaves unused is lost, and
/// what is not used until it would have been given back anyway is forgotten.
/// </summary>
internal sealed class Prepaid
{
    /// <summary>Some megabytes.</summary>
    private const int MostKept = 50_000;

    private readonly Lock sync = new();
    private readonly Dictionary<(long Owner, Deed Deed), Advance> advances = [];

    /// <summary>Takes one that is counted already; whether there was one.</summary>
    public bool TryTake(Allowance allowance, DateTime now)
    {
        lock (sync)
        {
            if (Find(allowance, now) is not { Left: > 0 } advance)
            {
                return false;
            }
            advance.Left--;
            return true;
        }
    }

    /// <summary>
    /// How many to count at once where none is left; at least 1. Of more than one its caller counts ahead, and says later what came
    /// of it, by <see cref="Settle"/>: until then others that run at the same time do not.
    /// </summary>
    public int Next(Allowance allowance, DateTime now)
    {
        lock (sync)
        {
            if (Find(allowance, now) is not { IsGrowing: false, Left: 0 } advance)
            {
                return 1;
            }
            advance.IsGrowing = true;
            return advance.Size * 2;
        }
    }

    /// <summary>Whether one alone can be counted without a look: more need not be, and how many they have is known to be kept.</summary>
    public bool CanCountOne(Allowance allowance, DateTime now)
    {
        lock (sync)
        {
            return Find(allowance, now) is not { IsGrowing: false, Left: 0 }
                && (
                    !allowance.KeepsTotal
                    || advances.TryGetValue(allowance.Key, out var advance)
                        && advance.KeptUntil > Quota.Microseconds(now)
                );
        }
    }

    /// <summary>Takes notice of what came of a deed.</summary>
    /// <param name="allowance">Whose it is.</param>
    /// <param name="now">The time of the deed.</param>
    /// <param name="spare">How many are counted, and not done with it.</param>
    /// <param name="counted">What was counted with it.</param>
    /// <param name="wasAhead">Whether <see cref="Next"/> has said more than one.</param>
    public void Settle(Allowance allowance, DateTime now, int spare, Counted counted, bool wasAhead)
    {
        lock (sync)
        {
            if (Find(allowance, now) is { } advance)
            {
                advance.Left += spare;
                // One may have run beside it and counted itself alone.
                advance.Size = counted.Count > 1 ? counted.Count : advance.Size;
                advance.IsGrowing &= !wasAhead;
                advance.Until = Math.Max(advance.Until, counted.SpentUntil);
                advance.KeptUntil = Math.Max(advance.KeptUntil, counted.KeptUntil);
            }
            else if (counted.Count > 0)
            {
                var at = Quota.Microseconds(now);
                var keptUntil = advances.GetValueOrDefault(allowance.Key)?.KeptUntil ?? 0;
                advances.MakeRoom(MostKept, x => x.Until <= at);
                advances[allowance.Key] = new Advance
                {
                    Left = spare,
                    Size = counted.Count,
                    Until = counted.SpentUntil,
                    KeptUntil = Math.Max(keptUntil, counted.KeptUntil),
                };
            }
        }
    }

    private Advance? Find(Allowance allowance, DateTime now) =>
        advances.TryGetValue(allowance.Key, out var advance) && advance.Until > Quota.Microseconds(now)
            ? advance
            : null;

    private sealed class Advance
    {
        public required int Left { get; set; }

        public required int Size { get; set; }

        public required long Until { get; set; }

        /// <summary>Until when the database keeps how many they have, as far as is known.</summary>
        public required long KeptUntil { get; set; }

        /// <summary>Whether somebody counts ahead at this moment.</summary>
        public bool IsGrowing { get; set; }
    }
}
