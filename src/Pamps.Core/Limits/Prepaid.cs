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
    /// How many to count at once where none is left; at least 1. Whoever asks says later what came of it, by <see cref="Keep"/> or
    /// <see cref="GiveBack"/>: as long as one counts ahead, others that run at the same time do not.
    /// </summary>
    public int Next(Allowance allowance, DateTime now)
    {
        lock (sync)
        {
            if (Find(allowance, now) is not { IsGrowing: false } advance)
            {
                return 1;
            }
            advance.IsGrowing = true;
            return advance.Size * 2;
        }
    }

    /// <summary>Takes notice that a deed was not done.</summary>
    /// <param name="allowance">Whose.</param>
    /// <param name="wasTaken">Whether one was taken for it.</param>
    public void GiveBack(Allowance allowance, bool wasTaken)
    {
        lock (sync)
        {
            if (advances.TryGetValue(allowance.Key, out var advance))
            {
                advance.Left += wasTaken ? 1 : 0;
                advance.IsGrowing &= wasTaken;
            }
        }
    }

    /// <summary>Keeps what was counted, of which one is done.</summary>
    /// <param name="allowance">Whose.</param>
    /// <param name="count">How many were counted.</param>
    /// <param name="until">Until when they are spent, as <see cref="Quota"/> says it.</param>
    /// <param name="now">The time of the deed.</param>
    public void Keep(Allowance allowance, int count, long until, DateTime now)
    {
        lock (sync)
        {
            if (Find(allowance, now) is { } advance)
            {
                advance.Left += count - 1;
                // One may have run beside it and counted itself alone.
                advance.Size = count > 1 ? count : advance.Size;
                advance.IsGrowing = false;
                advance.Until = Math.Max(advance.Until, until);
                return;
            }
            var at = Quota.Microseconds(now);
            advances.MakeRoom(MostKept, x => x.Until <= at);
            advances[allowance.Key] = new Advance
            {
                Left = count - 1,
                Size = count,
                Until = until,
            };
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

        /// <summary>Whether somebody counts ahead at this moment.</summary>
        public bool IsGrowing { get; set; }
    }
}
