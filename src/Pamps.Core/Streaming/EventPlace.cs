using System.Globalization;

namespace Pamps.Core.Streaming;

/// <summary>
/// A place in the order of events: the number of the transaction (0 on SQLite), then the event's id. See
/// <c>docs/live.md</c> for why that is an order in which nothing is skipped.
/// </summary>
/// <param name="Tx">The transaction's number.</param>
/// <param name="Id">The event's id; 0 is before all events.</param>
public readonly record struct EventPlace(long Tx, long Id)
{
    /// <summary>Whether this comes later than the other.</summary>
    public bool IsAfter(EventPlace other) => Tx > other.Tx || (Tx == other.Tx && Id > other.Id);

    /// <summary>As clients keep it: <c>123-456</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tx}-{Id}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is anything else.</summary>
    public static EventPlace? Parse(string text)
    {
        var parts = text.Split('-', 3);
        return parts.Length == 2 && Number(parts[0]) is { } tx && Number(parts[1]) is { } id
            ? new EventPlace(tx, id)
            : null;
    }

    private static long? Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
