using System.Data.Common;

namespace Pamps.Core.Reads;

internal static class DbDataReaderExtensions
{
    public static DateTime GetUtc(this DbDataReader reader, int column) =>
        DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public static DateTime? GetUtcOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetUtc(column);

    public static string? GetStringOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? GetInt64OrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static bool? GetBooleanOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetBoolean(column);
}
