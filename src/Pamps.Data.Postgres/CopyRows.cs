using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Pamps.Core.Text;

namespace Pamps.Data.Postgres;

/// <summary>Inserts many rows by COPY.</summary>
internal static class CopyRows
{
    public static async Task RunAsync(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken ct
    )
    {
        var into = $"COPY \"{table}\" ({string.Join(", ", columns.Select(x => $"\"{x}\""))}) FROM STDIN";
        if (columns is ["id", "words"])
        {
            await WordsAsync(connection, into, rows, ct);
            return;
        }
        await using var import = await connection.BeginBinaryImportAsync($"{into} (FORMAT BINARY)", ct);
        import.Timeout = TimeSpan.FromHours(1);
        foreach (var row in rows)
        {
            await import.StartRowAsync(ct);
            foreach (var value in row)
            {
                await (
                    value switch
                    {
                        null => import.WriteNullAsync(ct),
                        long number => import.WriteAsync(number, NpgsqlDbType.Bigint, ct),
                        int number => import.WriteAsync(number, NpgsqlDbType.Integer, ct),
                        short number => import.WriteAsync(number, NpgsqlDbType.Smallint, ct),
                        bool flag => import.WriteAsync(flag, NpgsqlDbType.Boolean, ct),
                        DateTime date => import.WriteAsync(date, NpgsqlDbType.TimestampTz, ct),
                        string text => import.WriteAsync(text, NpgsqlDbType.Text, ct),
                        _ => throw new ArgumentException($"Cannot insert a {value.GetType()}.", nameof(rows)),
                    }
                );
            }
        }
        await import.CompleteAsync(ct);
    }

    /// <summary>As text, which PostgreSQL itself reads into a tsvector: no word holds a tab, a quote or a backslash.</summary>
    private static async Task WordsAsync(
        NpgsqlConnection connection,
        string into,
        IEnumerable<object?[]> rows,
        CancellationToken ct
    )
    {
        await using var import = await connection.BeginTextImportAsync(into, ct);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            var words = (IndexedWords)row[1]!;
            await import.WriteAsync(
                string.Create(CultureInfo.InvariantCulture, $"{row[0]}\t{words.ToPostgres()}\n")
            );
        }
    }
}
