using System.Globalization;
using System.Text;

namespace Pamps.Data.Sqlite.Statements;

/// <summary>Times as the driver stores them: 2026-11-21 18:46:10.1234567, in UTC, without zeros at the end.</summary>
internal static class StoredTime
{
    /// <summary>Writes one, so that the text's order is the time's.</summary>
    public static string Write(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>Reads one. Other ways to write a time are understood too, at many times the cost.</summary>
    /// <exception cref="FormatException">It is no time.</exception>
    public static DateTime Parse(ReadOnlySpan<byte> text) =>
        ParseUsual(text)
        ?? DateTime.Parse(
            Encoding.UTF8.GetString(text),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private static DateTime? ParseUsual(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (19 or (> 20 and <= 27)) || text[10] != ' ')
        {
            return null;
        }
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        var fraction = text.Length == 19 ? 0 : Digits(text[20..]);
        if (
            year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23
            || minute is < 0 or > 59
            || second is < 0 or > 59
            || fraction < 0
        )
        {
            return null;
        }
        for (var digits = Math.Max(text.Length - 20, 0); digits < 7; digits++)
        {
            fraction *= 10;
        }
        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(fraction);
    }

    /// <summary>The number that the digits make; -1 when there is something else among them.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit((char)character))
            {
                return -1;
            }
            number = number * 10 + (character - '0');
        }
        return number;
    }
}
