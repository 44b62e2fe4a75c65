using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using SQLitePCL;

namespace Pamps.Data.Sqlite.Statements;

/// <summary>A statement that SQLite has compiled for one connection. Not for several threads at once.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt handle;
    private readonly string[] names;

    public PreparedStatement(sqlite3 connection, in Statement statement)
    {
        this.connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, statement.Sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
        names = new string[raw.sqlite3_bind_parameter_count(handle)];
        for (var i = 0; i < names.Length; i++)
        {
            // Without the sign before it. SQLite counts from 1.
            names[i] = raw.sqlite3_bind_parameter_name(handle, i + 1).utf8_to_string()[1..];
        }
    }

    /// <summary>Runs it to its first row. The rows give the statement back when they are disposed.</summary>
    public StatementRows Run((string Name, object? Value)[] parameters)
    {
        try
        {
            Bind(parameters);
            return new StatementRows(this, handle.DangerousGetHandle(), Step());
        }
        catch
        {
            Reset();
            throw;
        }
    }

    /// <summary>Runs it to its end, and answers with how many rows it changed.</summary>
    public int Execute((string Name, object? Value)[] parameters)
    {
        using var rows = Run(parameters);
        while (rows.Read()) { }
        return rows.RecordsAffected;
    }

    public void Dispose() => handle.Dispose();

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(result);
        }
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Ends the run. What went wrong in it has been said then.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public int Columns => raw.sqlite3_column_count(handle);

    public string NameOf(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string();

    public int Changes => raw.sqlite3_changes(connection);

    /// <summary>Gives all parameters that the text names their values. One list of values may serve several texts.</summary>
    private void Bind((string Name, object? Value)[] parameters)
    {
        var bound = 0;
        foreach (var (name, value) in parameters)
        {
            // Mostly they come in the order of the text.
            var place = bound < names.Length && names[bound] == name ? bound : Array.IndexOf(names, name);
            if (place >= 0)
            {
                Check(Value.Bind(handle, place + 1, value));
                bound++;
            }
        }
        if (bound != names.Length)
        {
            throw new ArgumentException(
                $"The statement needs {string.Join(", ", names)}, each once.",
                nameof(parameters)
            );
        }
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection);
}
