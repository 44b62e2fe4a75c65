namespace Pamps.Core.Limits;

/// <summary>Keeps what is counted in memory from growing without end.</summary>
internal static class Forgetting
{
    /// <summary>Makes room, where there is none: forgets what is over; and all, when half of the room is still taken.</summary>
    public static void MakeRoom<TKey, TValue>(
        this Dictionary<TKey, TValue> kept,
        int most,
        Func<TValue, bool> isOver
    )
        where TKey : notnull
    {
        if (kept.Count < most)
        {
            return;
        }
        foreach (var (key, value) in kept)
        {
            if (isOver(value))
            {
                // Allowed while it is walked through.
                kept.Remove(key);
            }
        }
        if (kept.Count > most / 2)
        {
            kept.Clear();
        }
    }
}
