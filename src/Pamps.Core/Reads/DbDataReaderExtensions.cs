using System.Data.Common;

namespace Pamps.Core.Reads;

internal static class DbDataReaderExtensions
{
    public static DateTime GetUtc(this DbDataReader reader, int column) =>
        reader.GetFieldType(column) == typeof(string) && TryParse(reader.GetString(column)) is { } time
            ? time
            : DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public static DateTime? GetUtcOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetUtc(column);

    public static string? GetStringOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? GetInt64OrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static bool? GetBooleanOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetBoolean(column);

    /// <summary>
    /// A time as SQLite's driver writes it, 2026-11-21 18:46:10.1234567; null for anything else, which the driver may
    /// understand. It would understand this too, at many times the cost: it tries every culture's ways of writing.
    /// </summary>
    private static DateTime? TryParse(ReadOnlySpan<char> text)
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
        for (var length = text.Length == 19 ? 7 : text.Length - 20; length < 7; length++)
        {
            fraction *= 10;
        }
        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(fraction);
    }

    /// <summary>The number that the digits make; -1 when there is something else among them.</summary>
    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return -1;
            }
            number = number * 10 + (character - '0');
        }
        return number;
    }
}
