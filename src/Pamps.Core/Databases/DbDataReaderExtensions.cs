using System.Data.Common;

namespace Pamps.Core.Databases;

internal static class DbDataReaderExtensions
{
    /// <summary>All rows.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this DbDataReader reader,
        Func<DbDataReader, T> readRow,
        CancellationToken ct
    )
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(readRow(reader));
        }
        return rows;
    }

    /// <summary>The first row, or the type's default when there is none.</summary>
    public static async Task<T?> FirstAsync<T>(
        this DbDataReader reader,
        Func<DbDataReader, T> readRow,
        CancellationToken ct
    ) => await reader.ReadAsync(ct) ? readRow(reader) : default;

    public static DateTime GetUtc(this DbDataReader reader, int column) =>
        DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public static DateTime? GetUtcOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetUtc(column);

    public static string? GetStringOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static int? GetInt32OrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static long? GetInt64OrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static bool? GetBooleanOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetBoolean(column);
}
