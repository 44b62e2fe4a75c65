using System.Data.Common;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Plans;

/// <summary>How a database carries a statement out.</summary>
internal static partial class Plan
{
    /// <summary>SQLite's steps.</summary>
    public static async Task<List<string>> OfSqliteAsync(
        DbConnection connection,
        string statement,
        params (string, object)[] values
    ) =>
        [
            .. (await connection.ReadAsync("EXPLAIN QUERY PLAN " + statement, values)).Select(x =>
                (string)x[3]!
            ),
        ];

    /// <summary>PostgreSQL's steps, carried out, with the rows that each looked at.</summary>
    public static async Task<List<JsonObject>> OfPostgresAsync(
        DbConnection connection,
        string statement,
        params (string, object)[] values
    ) => StepsIn(await connection.ReadAsync("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, values));

    /// <summary>PostgreSQL's steps for whatever values, as it plans a statement that it sees often. Nothing is carried out.</summary>
    public static async Task<List<JsonObject>> OfPostgresForAnyValuesAsync(
        DbConnection connection,
        string statement,
        string parameters
    )
    {
        var names = new List<string>();
        var numbered = Parameter()
            .Replace(statement, x =>
            {
                var name = x.Groups[1].Value;
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
                return $"${names.IndexOf(name) + 1}";
            });
        var types = names.Select(x => TypeOf(x, parameters));
        var ofTypes = names.Count == 0 ? "" : $"({string.Join(", ", types)})";
        var values = names.Count == 0 ? "" : $"({string.Join(", ", names.Select(_ => "NULL"))})";
        await connection.ReadAsync("SET plan_cache_mode = force_generic_plan", []);
        await connection.ReadAsync($"PREPARE looked_at {ofTypes} AS {numbered}", []);
        try
        {
            return StepsIn(
                await connection.ReadAsync($"EXPLAIN (FORMAT JSON) EXECUTE looked_at {values}", [])
            );
        }
        finally
        {
            await connection.ReadAsync("DEALLOCATE looked_at", []);
            await connection.ReadAsync("RESET plan_cache_mode", []);
        }
    }

    /// <summary>How many rows a step looked at, those included that it threw away.</summary>
    public static double RowsOf(JsonObject step) =>
        (double)step["Actual Loops"]!
        * new[] { "Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck" }.Sum(x =>
            (double?)step[x] ?? 0
        );

    /// <summary>The parameters of a statement, each once.</summary>
    public static IEnumerable<string> ParametersOf(string statement) =>
        Parameter().Matches(statement).Select(x => x.Groups[1].Value).Distinct();

    public static async Task<List<object?[]>> ReadAsync(
        this DbConnection connection,
        string sql,
        (string Name, object Value)[] values
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>As EF Core logs it. Where it does not, PostgreSQL mostly can tell from what is done with the value.</summary>
    private static string TypeOf(string name, string parameters)
    {
        var logged = Regex.Match(parameters, $@"@{name}='[^']*'[^@]*?\(DbType = (\w+)\)");
        return logged.Groups[1].Value switch
        {
            "Int64" => "bigint",
            "Int32" => "integer",
            "Int16" => "smallint",
            "DateTime" => "timestamptz",
            "Boolean" => "boolean",
            _ => "unknown",
        };
    }

    private static List<JsonObject> StepsIn(List<object?[]> explained) =>
        [.. Steps(JsonNode.Parse((string)explained[0][0]!)![0]!["Plan"]!.AsObject())];

    private static IEnumerable<JsonObject> Steps(JsonObject step) =>
        (step["Plans"]?.AsArray() ?? []).SelectMany(x => Steps(x!.AsObject())).Prepend(step);

    [GeneratedRegex(@"(?<!@)@(\w+)")]
    private static partial Regex Parameter();
}
