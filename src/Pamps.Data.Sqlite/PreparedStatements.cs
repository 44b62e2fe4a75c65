using Microsoft.Data.Sqlite;
using Pamps.Core.Reads;

namespace Pamps.Data.Sqlite;

/// <summary>The statements that one connection has prepared, by their text. Not for several threads at once.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>
    /// Far more than the program's own fixed statements. Searches are built from what people ask for, and would
    /// otherwise fill the memory.
    /// </summary>
    private const int MaxKept = 200;

    private readonly Dictionary<string, SqliteCommand> kept = new(StringComparer.Ordinal);

    /// <summary>The statement, compiled the first time, with these values in it. It is this object's to dispose.</summary>
    public SqliteCommand Get(in Statement statement)
    {
        var (sql, parameters) = statement;
        if (!kept.TryGetValue(sql, out var command))
        {
            if (kept.Count == MaxKept)
            {
                Forget();
            }
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
            }
            command.Prepare();
            kept.Add(sql, command);
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }
        return command;
    }

    public void Dispose() => Forget();

    private void Forget()
    {
        foreach (var command in kept.Values)
        {
            command.Dispose();
        }
        kept.Clear();
    }
}
