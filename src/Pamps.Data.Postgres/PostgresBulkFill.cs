using Npgsql;
using Pamps.Core.Databases;

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
    private bool isAway;
    private NpgsqlTransaction? transaction;

    private PostgresBulkFill(NpgsqlConnection connection) => this.connection = connection;

    public IReadOnlyList<string> Away => away;

    public bool LeavesAway { get; set; }

    public static async Task<PostgresBulkFill> OpenAsync(
        NpgsqlConnection connection,
        IReadOnlyList<string> tables,
        IReadOnlyList<string>? left,
        CancellationToken cancellationToken
    )
    {
        var fill = new PostgresBulkFill(connection);
        // Sorted in memory an index is made several times faster; the setting stays with the session,
        // which only commands have that fill a database.
        await fill.ExecuteAsync("SET maintenance_work_mem = '512MB'", cancellationToken);
        if (left is null)
        {
            await fill.TakeAwayAsync(tables, cancellationToken);
        }
        else
        {
            fill.isAway = true;
            fill.away.AddRange(left);
        }
        return fill;
    }

    public async Task ExecuteAsync(Statement statement, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        await using var command = PositionalSql.Command(statement, connection, transaction);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        await BeginAsync(cancellationToken);
        await CopyRows.RunAsync(connection, table, columns, rows, cancellationToken);
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

    public Task EndAsync(CancellationToken cancellationToken) => CommitAsync(cancellationToken);

    public async Task RestoreAsync(Func<string, Task> given, CancellationToken cancellationToken)
    {
        while (away.Count > 0)
        {
            await BeginAsync(cancellationToken);
            await ExecuteAsync(away[0], cancellationToken);
            await given(away[0]);
            await CommitAsync(cancellationToken);
            away.RemoveAt(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync();
                transaction = null;
            }
            if (isAway && !LeavesAway)
            {
                await RestoreAsync(_ => Task.CompletedTask, CancellationToken.None);
            }
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
        await BeginAsync(ct);
        await ExecuteAsync(string.Join("; ", drops), ct);
        away.AddRange(restores);
    }

    private async Task BeginAsync(CancellationToken ct) =>
        transaction ??= await connection.BeginTransactionAsync(ct);

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
