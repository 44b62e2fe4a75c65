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

    /// <summary>Logs a statement where that is asked for.</summary>
    public void Echo(string sql)
    {
        if (options.Db.Echo)
        {
            LogStatement(sql);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Statement}")]
    private partial void LogStatement(string statement);

    private async Task<T> RunAsync<T>(
        string sql,
        (string Name, object? Value)[] parameters,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        Echo(sql);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.ReadAsync(
                    new Statement(sql, parameters),
                    read,
                    transaction: null,
                    cancellationToken
                );
            }
            catch (DbException exception) when (attempt < 3 && database.IsTransient(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
        }
    }
}
