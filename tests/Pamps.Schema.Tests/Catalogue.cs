using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Pamps.Schema.Tests;

/// <summary>The columns and indexes of all tables, a line each: of the model, and of a database.</summary>
internal static class Catalogue
{
    private const string Sqlite = """
        SELECT t.name || '.' || c.name || ' ' || c.type || iif(c."notnull", ' not null', '')
        FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table'
        UNION ALL
        SELECT iif(i."unique", 'unique ', '') || 'index ' || i.name || ' on ' || t.name || ' ('
            || (SELECT group_concat(name, ', ' ORDER BY seqno) FROM pragma_index_info(i.name)) || ')'
        FROM sqlite_schema t, pragma_index_list(t.name) i
        WHERE t.type = 'table' AND i.origin = 'c'
        """;

    private const string Postgres = """
        SELECT t.relname || '.' || c.attname || ' ' || format_type(c.atttypid, c.atttypmod)
            || CASE WHEN c.attnotnull THEN ' not null' ELSE '' END
        FROM pg_attribute c JOIN pg_class t ON t.oid = c.attrelid
        WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND c.attnum > 0 AND NOT c.attisdropped
        UNION ALL
        SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || 'index ' || n.relname || ' on ' || t.relname || ' ('
            || (
                SELECT string_agg(c.attname, ', ' ORDER BY k.place)
                FROM unnest(i.indkey::smallint[]) WITH ORDINALITY k (number, place)
                JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = k.number
            ) || ')'
        FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary
        """;

    public static IEnumerable<string> Of(DbContext model) =>
        InOrder(
            model
                .Model.GetRelationalModel()
                .Tables.SelectMany(x =>
                    x.Columns.Select(c =>
                            $"{x.Name}.{c.Name} {c.StoreType}{(c.IsNullable ? "" : " not null")}"
                        )
                        .Concat(
                            x.Indexes.Select(i =>
                                $"{(i.IsUnique ? "unique " : "")}index {i.Name} on {x.Name} ({string.Join(", ", i.Columns.Select(c => c.Name))})"
                            )
                        )
                )
        );

    /// <summary>Without the words that are searched by, which no model knows.</summary>
    public static async Task<IEnumerable<string>> ReadAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = connection is SqliteConnection ? Sqlite : Postgres;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(0));
        }
        return InOrder(
            lines.Where(x =>
                !x.Contains("_search", StringComparison.Ordinal)
                && !x.StartsWith("sqlite_", StringComparison.Ordinal)
            )
        );
    }

    private static IEnumerable<string> InOrder(IEnumerable<string> lines) =>
        lines.Order(StringComparer.Ordinal);
}
