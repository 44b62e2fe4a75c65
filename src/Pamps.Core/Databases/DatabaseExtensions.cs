namespace Pamps.Core.Databases;

internal static class DatabaseExtensions
{
    /// <summary>Runs a statement of maintenance, however long it takes.</summary>
    public static async Task MaintainAsync(this IDatabase database, string sql, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The number that a statement of maintenance finds, however long it takes.</summary>
    public static async Task<long> CountAsync(this IDatabase database, string sql, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
