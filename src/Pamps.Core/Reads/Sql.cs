using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Pamps.Core.Reads;

/// <summary>
/// Runs the hot reads as plain SQL: text and parameters in, rows out. Rows are read by position, which costs
/// nothing; a mapping library would have to guess between SQLite's types and PostgreSQL's.
/// </summary>
internal sealed partial class Sql(IDatabase database, PampsOptions options, ILogger<Sql> logger)
{
    public SqlDialect Dialect => database.Dialect;

    /// <summary>All rows. The statement limits how many there can be.</summary>
    public Task<List<T>> ListAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    ) =>
        RunAsync(
            sql,
            parameters,
            async (reader, ct) =>
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(ct))
                {
                    rows.Add(readRow(reader));
                }
                return rows;
            },
            cancellationToken
        );

    /// <summary>
    /// All rows of the last of several statements, which go to the database together. Those before it set how it is
    /// carried out.
    /// </summary>
    public Task<List<T>> ListLastAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    ) =>
        RunAsync(
            sql,
            parameters,
            async (reader, ct) =>
            {
                var rows = new List<T>();
                do
                {
                    rows.Clear();
                    while (await reader.ReadAsync(ct))
                    {
                        rows.Add(readRow(reader));
                    }
                } while (await reader.NextResultAsync(ct));
                return rows;
            },
            cancellationToken
        );

    /// <summary>The first row, or the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    ) =>
        RunAsync(
            sql,
            parameters,
            async (reader, ct) => await reader.ReadAsync(ct) ? readRow(reader) : default,
            cancellationToken
        );

    [LoggerMessage(Level = LogLevel.Information, Message = "{Statement}")]
    private partial void LogStatement(string statement);

    private async Task<T> RunAsync<T>(
        string sql,
        (string Name, object? Value)[] parameters,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        if (options.Db.Echo)
        {
            LogStatement(sql);
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenAsync(cancellationToken);
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in parameters)
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = name;
                    parameter.Value = value ?? DBNull.Value;
                    command.Parameters.Add(parameter);
                }
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await read(reader, cancellationToken);
            }
            catch (DbException exception) when (attempt < 3 && database.IsTransient(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
        }
    }
}

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
