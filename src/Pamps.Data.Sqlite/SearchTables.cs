using Microsoft.Data.Sqlite;

namespace Pamps.Data.Sqlite;

/// <summary>What SQLite's full-text search, FTS5, is asked and told of its tables (https://sqlite.org/fts5.html).</summary>
internal static class SearchTables
{
    /// <summary>Whether there is such a table, and it is one of FTS5.</summary>
    public static bool Has(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM sqlite_schema WHERE name = @name AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'";
        command.Parameters.AddWithValue("@name", table);
        return (long)command.ExecuteScalar()! == 1;
    }

    /// <summary>The statement that sets a value, which the table keeps.</summary>
    public static string Set(string table, string setting, int value) =>
        $"INSERT INTO \"{table}\" (\"{table}\", rank) VALUES ('{setting}', {value})";
}
