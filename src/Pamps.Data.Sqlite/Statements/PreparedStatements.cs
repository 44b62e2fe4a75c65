using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Data.Sqlite.Statements;

/// <summary>The statements that one connection has prepared, by their text. Not for several threads at once.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>
    /// Far more than the program's own fixed statements. Searches are built from what people ask for, and would
    /// otherwise fill the memory.
    /// </summary>
    private const int MaxKept = 200;

    private readonly Dictionary<string, PreparedStatement> kept = new(StringComparer.Ordinal);

    /// <summary>Runs a statement to its first row. The rows are to be disposed before the next statement runs.</summary>
    public StatementRows Run(in Statement statement) => Get(statement).Run(statement.Parameters);

    /// <summary>Runs a statement to its end, and answers with how many rows it changed.</summary>
    public int Execute(in Statement statement) => Get(statement).Execute(statement.Parameters);

    public void Dispose()
    {
        foreach (var statement in kept.Values)
        {
            statement.Dispose();
        }
        kept.Clear();
    }

    private PreparedStatement Get(in Statement statement)
    {
        if (kept.TryGetValue(statement.Sql, out var known))
        {
            return known;
        }
        if (kept.Count == MaxKept)
        {
            Dispose();
        }
        var made = new PreparedStatement(connection.Handle!, statement);
        kept.Add(statement.Sql, made);
        return made;
    }
}
