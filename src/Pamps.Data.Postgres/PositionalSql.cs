using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Data.Postgres;

/// <summary>
/// A statement with its parameters by place (<c>$1</c>), as PostgreSQL itself takes them. Given names, the driver would read
/// the whole text at each run to put places there; this is done once a text.
/// </summary>
internal sealed partial class PositionalSql
{
    /// <summary>More texts than Pamps has, so that it is met only where texts are made without bound.</summary>
    private const int MostKept = 4096;

    private static readonly ConcurrentDictionary<string, PositionalSql> Known = new();

    private readonly List<string> names = [];

    private PositionalSql(string sql) => Text = Replace(sql, Place);

    /// <summary>What to send.</summary>
    private string Text { get; }

    /// <summary>A statement as a command.</summary>
    public static NpgsqlCommand Command(
        in Statement statement,
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction
    )
    {
        var positional = Of(statement.Sql);
        var command = new NpgsqlCommand(positional.Text, connection, transaction);
        positional.AddValues(command.Parameters, statement.Parameters);
        return command;
    }

    /// <summary>A statement as one of a batch.</summary>
    private static NpgsqlBatchCommand BatchCommand(in Statement statement)
    {
        var positional = Of(statement.Sql);
        var command = new NpgsqlBatchCommand(positional.Text);
        positional.AddValues(command.Parameters, statement.Parameters);
        return command;
    }

    /// <summary>Statements that run one after the other, in one journey.</summary>
    public static NpgsqlBatch Batch(IReadOnlyList<Statement> statements, NpgsqlConnection connection)
    {
        // Of one it is taken as it is; a command without parameters would be read through for semicolons.
        var batch = new NpgsqlBatch(connection);
        for (var place = 0; place < statements.Count; place++)
        {
            batch.BatchCommands.Add(BatchCommand(statements[place]));
        }
        return batch;
    }

    /// <summary>The statement of a text that names its parameters.</summary>
    private static PositionalSql Of(string sql)
    {
        if (Known.TryGetValue(sql, out var known))
        {
            return known;
        }
        if (Known.Count >= MostKept)
        {
            Known.Clear();
        }
        return Known.GetOrAdd(sql, new PositionalSql(sql));
    }

    /// <summary>Adds the values in the order of their places. Those that the text does not name are left out.</summary>
    /// <exception cref="ArgumentException">A value is missing.</exception>
    private void AddValues(NpgsqlParameterCollection all, (string Name, object? Value)[] values)
    {
        foreach (var name in names)
        {
            all.Add(Parameter(ValueOf(name, values)));
        }
    }

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static object? ValueOf(string name, (string Name, object? Value)[] values)
    {
        foreach (var (known, value) in values)
        {
            if (known == name)
            {
                return value;
            }
        }
        throw new ArgumentException($"The statement names @{name}, which has no value.", nameof(values));
    }

    /// <summary>A text with something else in place of each parameter that it names.</summary>
    public static string Replace(string sql, Func<string, string> replace) =>
        ParameterOrQuoted()
            .Replace(sql, x => x.Groups["name"] is { Success: true } name ? replace(name.Value) : x.Value);

    private string Place(string name)
    {
        var place = names.IndexOf(name);
        if (place < 0)
        {
            place = names.Count;
            names.Add(name);
        }
        return $"${place + 1}";
    }

    /// <summary>The usual types are said, so that the driver need not find them out from the value.</summary>
    private static NpgsqlParameter Parameter(object? value) =>
        value switch
        {
            long number => new NpgsqlParameter<long>
            {
                NpgsqlDbType = NpgsqlDbType.Bigint,
                TypedValue = number,
            },
            string text => new NpgsqlParameter<string>
            {
                NpgsqlDbType = NpgsqlDbType.Text,
                TypedValue = text,
            },
            short number => new NpgsqlParameter<short>
            {
                NpgsqlDbType = NpgsqlDbType.Smallint,
                TypedValue = number,
            },
            bool isSo => new NpgsqlParameter<bool> { NpgsqlDbType = NpgsqlDbType.Boolean, TypedValue = isSo },
            DateTime { Kind: DateTimeKind.Utc } date => new NpgsqlParameter<DateTime>
            {
                NpgsqlDbType = NpgsqlDbType.TimestampTz,
                TypedValue = date,
            },
            _ => new NpgsqlParameter { Value = value ?? DBNull.Value },
        };

    /// <summary>A parameter (not the operators <c>@@</c> and <c>@&gt;</c>), or a quoted text, in which none is meant.</summary>
    [GeneratedRegex(
        """'[^']*'|(?<!@)@(?<name>[a-z_]\w*)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex ParameterOrQuoted();
}
