using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;
using Pamps.Data.Sqlite.Statements;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Inserts very many rows over one connection of its own: what is set here for that would be wrong for others. Statements are bound and stepped directly, for a row that goes through a command costs three times as much.
/// </summary>
internal sealed class SqliteBulkFill : IBulkFill
{
    /// <summary>What a full-text table collects in memory before it writes a part of its index; 1 MB if nothing is said.</summary>
    private const int SearchMemory = 64 * 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly List<string> away = [];
    private bool isAway;
    private SqliteTransaction? transaction;

    private SqliteBulkFill(SqliteConnection connection) => this.connection = connection;

    public IReadOnlyList<string> Away => away;

    public bool LeavesAway { get; set; }

    public static async Task<SqliteBulkFill> OpenAsync(SqliteFile file, CancellationToken cancellationToken)
    {
        var fill = new SqliteBulkFill(await file.OpenWriterAsync(cancellationToken));
        // NORMAL saves the wait for the disk at each commit; in WAL mode a power cut then costs the last calls' rows,
        // never the file. The cache lets what grows at many places grow in memory. A longer log holds a page once that many
        // commits changed.
        fill.Execute(
            """
            PRAGMA synchronous = NORMAL;
            PRAGMA cache_size = -262144;
            PRAGMA wal_autocheckpoint = 50000;
            PRAGMA foreign_keys = OFF;
            """
        );
        return fill;
    }

    /// <summary>Only indexes that a statement made can go; a primary key's cannot.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="left">What an earlier fill took away, when there was one.</param>
    public void TakeAway(IReadOnlyList<string> tables, IReadOnlyList<string>? left)
    {
        if (left is not null)
        {
            isAway = true;
            away.AddRange(left);
            return;
        }
        var names = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "SELECT name, sql, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                if (tables.Contains(rows.GetString(2)))
                {
                    names.Add(rows.GetString(0));
                    away.Add(rows.GetString(1));
                }
            }
        }
        transaction = connection.BeginTransaction();
        names.ForEach(x => Execute($"DROP INDEX \"{x}\""));
        foreach (var table in tables.Where(x => SearchTables.Has(connection, x)))
        {
            // Large parts that are not merged each time four are there: so the index is written twice, not five times.
            Execute(SearchTables.Set(table, "hashsize", SearchMemory));
            Execute(SearchTables.Set(table, "automerge", 0));
            // What SQLite has when nothing is said.
            away.Add(SearchTables.Set(table, "hashsize", 1024 * 1024));
            away.Add(SearchTables.Set(table, "automerge", 4));
        }
    }

    public Task ExecuteAsync(Statement statement, CancellationToken cancellationToken)
    {
        transaction ??= connection.BeginTransaction();
        using var prepared = new PreparedStatement(connection.Handle!, statement);
        prepared.Execute(statement.Parameters);
        return Task.CompletedTask;
    }

    public Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        transaction ??= connection.BeginTransaction();
        var names = string.Join(", ", columns.Select(x => $"\"{x}\""));
        var values = string.Join(", ", columns.Select(_ => "?"));
        var sql = $"INSERT INTO \"{table}\" ({names}) VALUES ({values})";
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        using (statement)
        {
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < row.Length; i++)
                {
                    Check(Value.Bind(statement, i + 1, row[i]));
                }
                var answer = raw.sqlite3_step(statement);
                if (answer != raw.SQLITE_DONE)
                {
                    Check(answer);
                }
                Check(raw.sqlite3_reset(statement));
            }
        }
        return Task.CompletedTask;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
            await transaction.DisposeAsync();
            transaction = null;
            isAway = true;
        }
    }

    /// <summary>Until now the disk was not waited for.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await CommitAsync(cancellationToken);
        Execute("PRAGMA wal_checkpoint(FULL)");
    }

    public async Task RestoreAsync(Func<string, Task> given, CancellationToken cancellationToken)
    {
        // An index is sorted in pieces of the cache's size: in those that fit a processor's own cache three times as fast.
        Execute("PRAGMA cache_size = -8192");
        while (away.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            transaction ??= connection.BeginTransaction();
            Execute(away[0]);
            await given(away[0]);
            await CommitAsync(cancellationToken);
            away.RemoveAt(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }
        if (isAway && !LeavesAway)
        {
            await RestoreAsync(_ => Task.CompletedTask, CancellationToken.None);
        }
        await connection.DisposeAsync();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, connection.Handle);
}
