using System.Data.Common;
using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;

namespace Pamps.Core.Reads;

/// <summary>
/// Runs the hot reads as plain SQL: text and parameters in, rows out. Rows are read by position, which costs
/// nothing; a mapping library would have to guess between SQLite's types and PostgreSQL's.
/// </summary>
internal partial class Sql(IDatabase database, PampsOptions options, ILogger<Sql> logger)
{
    public Dialect Dialect => database.Dialect;

    private protected virtual bool MayReadReplicas => false;

    /// <summary>All rows. The statement limits how many there can be.</summary>
    public Task<List<T>> ListAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    ) => ListAsync(new Statement(sql, parameters), readRow, cancellationToken);

    /// <summary>All rows. The statement limits how many there can be.</summary>
    public Task<List<T>> ListAsync<T>(
        Statement statement,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken
    ) => RunAsync(statement, (reader, ct) => reader.ListAsync(readRow, ct), cancellationToken);

    /// <summary>The first row, or the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    ) => FirstAsync(new Statement(sql, parameters), readRow, cancellationToken);

    /// <summary>The first row, or the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(
        Statement statement,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken
    ) => RunAsync(statement, (reader, ct) => reader.FirstAsync(readRow, ct), cancellationToken);

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
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        Echo(statement.Sql);
        statement = statement with { MayReadReplica = MayReadReplicas };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.ReadAsync(statement, read, transaction: null, cancellationToken);
            }
            catch (DbException exception) when (attempt < 3 && database.IsTransient(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
        }
    }
}

/// <summary>
/// The same for what people look at, which a replica may answer. Sign-ins, tokens, live streams and maintenance read the
/// primary; so does every write, and what answers with what was just written.
/// </summary>
internal sealed class ReplicaSql(IDatabase database, PampsOptions options, ILogger<Sql> logger)
    : Sql(database, options, logger)
{
    private protected override bool MayReadReplicas => true;
}
