using Microsoft.Data.Sqlite;
using Pamps.Core.Reads;
using Pamps.Data.Sqlite.Statements;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Inserts very many rows over one connection of its own: what is set here for that would be wrong for others from the
/// pool. Statements are bound and stepped directly, for a row that goes through a command costs three times as much.
/// </summary>
internal sealed class SqliteBulkFill : IBulkFill
{
    /// <summary>What a full-text table collects in memory before it writes a part of its index; 1 MB if nothing is said.</summary>
    private const int SearchMemory = 64 * 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly List<string> indexes = [];
    private readonly List<string> searched = [];
    private SqliteTransaction? transaction;

    private SqliteBulkFill(SqliteConnection connection) => this.connection = connection;

    public int Away => indexes.Count;

    public static async Task<SqliteBulkFill> OpenAsync(
        string connectionString,
        CancellationToken cancellationToken
    )
    {
        var connection = new SqliteConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync(cancellationToken);
        var fill = new SqliteBulkFill(connection);
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
    public void TakeIndexesAway(IReadOnlyList<string> tables)
    {
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
                    indexes.Add(rows.GetString(1));
                }
            }
        }
        using var all = connection.BeginTransaction();
        names.ForEach(x => Execute($"DROP INDEX \"{x}\""));
        foreach (var table in tables.Where(IsSearched))
        {
            // Large parts that are not merged each time four are there: so the index is written twice, not five times.
            SetSearch(table, "hashsize", SearchMemory);
            SetSearch(table, "automerge", 0);
            searched.Add(table);
        }
        all.Commit();
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
        }
    }

    public Task RestoreAsync(Action<int> report, CancellationToken cancellationToken)
    {
        foreach (var table in searched)
        {
            // What SQLite has when nothing is said.
            SetSearch(table, "hashsize", 1024 * 1024);
            SetSearch(table, "automerge", 4);
        }
        searched.Clear();
        // An index is sorted in pieces of the cache's size: in those that fit a processor's own cache three times as fast.
        Execute("PRAGMA cache_size = -8192");
        for (var done = 1; indexes.Count > 0; done++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Execute(indexes[0]);
            indexes.RemoveAt(0);
            report(done);
        }
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }
        await RestoreAsync(_ => { }, CancellationToken.None);
        await connection.DisposeAsync();
    }

    private bool IsSearched(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM sqlite_schema WHERE name = @name AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'";
        command.Parameters.AddWithValue("@name", table);
        return (long)command.ExecuteScalar()! == 1;
    }

    private void SetSearch(string table, string setting, int value) =>
        Execute($"INSERT INTO \"{table}\" (\"{table}\", rank) VALUES ('{setting}', {value})");

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, connection.Handle);
}
