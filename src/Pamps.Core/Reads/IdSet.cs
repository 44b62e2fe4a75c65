using System.Text.Json;
using Pamps.Core.Databases;

namespace Pamps.Core.Reads;

/// <summary>Many ids as one parameter, so that a statement's text does not depend on how many there are.</summary>
internal static class IdSet
{
    /// <summary>The parameter: PostgreSQL takes an array, SQLite a JSON array.</summary>
    public static (string, object?) Parameter(SqlDialect dialect, string name, IEnumerable<long> ids) =>
        (name, dialect == SqlDialect.Postgres ? ids.ToArray() : JsonSerializer.Serialize(ids));

    /// <summary>A subquery that gives the ids, in a column called <c>value</c>.</summary>
    public static string Rows(SqlDialect dialect, string name) =>
        dialect == SqlDialect.Postgres
            ? $"(SELECT unnest(@{name}) AS value)"
            : $"(SELECT value FROM json_each(@{name}))";

    /// <summary>The condition that a column is one of the ids.</summary>
    public static string Condition(SqlDialect dialect, string column, string name) =>
        dialect == SqlDialect.Postgres ? $"{column} = ANY (@{name})" : $"{column} IN {Rows(dialect, name)}";
}
