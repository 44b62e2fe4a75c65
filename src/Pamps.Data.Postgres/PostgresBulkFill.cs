using Npgsql;
using Pamps.Core.Reads;

namespace Pamps.Data.Postgres;

/// <summary>
/// Inserts very many rows over one connection. References are away too: looked up row by row they cost more than the
/// rows.
/// </summary>
internal sealed class PostgresBulkFill : IBulkFill
{
    /// <summary>What a statement that gives something back begins with tells nothing; so both are kept together.</summary>
    private readonly List<string> away = [];
    private readonly NpgsqlConnection connection;

    private PostgresBulkFill(NpgsqlConnection connection) => this.connection = connection;

    public int Away => away.Count;

    public static async Task<PostgresBulkFill> OpenAsync(
        NpgsqlConnection connection,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    )
    {
        var fill = new PostgresBulkFill(connection);
        await fill.TakeAwayAsync(tables, cancellationToken);
        return fill;
    }

    public Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    ) => CopyRows.RunAsync(connection, table, columns, rows, cancellationToken);

    /// <summary>Each COPY is a transaction of its own.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RestoreAsync(Action<int> report, CancellationToken cancellationToken)
    {
        for (var done = 1; away.Count > 0; done++)
        {
            await ExecuteAsync(away[0], cancellationToken);
            away.RemoveAt(0);
            report(done);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RestoreAsync(_ => { }, CancellationToken.None);
            await ExecuteAsync("RESET maintenance_work_mem", CancellationToken.None);
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task TakeAwayAsync(IReadOnlyList<string> tables, CancellationToken ct)
    {
        // Indexes come back before references, which look keys up by them. Constraints' own indexes stay.
        const string find = """
            SELECT format('DROP INDEX %I', c.relname), pg_get_indexdef(c.oid), 0 AS place, c.oid
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
            WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = ANY (@tables)
                AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
            UNION ALL
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),
                format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)), 1, k.oid
            FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
            WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace AND t.relname = ANY (@tables)
            ORDER BY place, oid
            """;
        var drops = new List<string>();
        var restores = new List<string>();
        await using (var command = new NpgsqlCommand(find, connection))
        {
            command.Parameters.AddWithValue("tables", tables.ToArray());
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                drops.Add(rows.GetString(0));
                restores.Add(rows.GetString(1));
            }
        }
        // Sorted in memory an index is made several times faster; the setting ends with the filling.
        await ExecuteAsync("SET maintenance_work_mem = '512MB'", ct);
        // One transaction: all are away or none.
        await ExecuteAsync(string.Join("; ", drops), ct);
        away.AddRange(restores);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
