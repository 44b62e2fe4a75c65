using System.Collections.Concurrent;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>
/// A look, and what is written where it finds a row, as one statement. Its text is made once for all that have the same parts.
/// </summary>
internal sealed class WholeStatement
{
    /// <summary>More than Pamps has, so that it is met only where texts are made without bound.</summary>
    private const int MostKept = 1024;

    private const string Values = "VALUES (";

    private static readonly ConcurrentDictionary<Statement[], WholeStatement> Known = new(new SameTexts());

    private readonly string sql;
    private readonly List<(int Part, string Name, string Whole)> parameters = [];

    private WholeStatement(Statement[] parts, bool hasClaim)
    {
        var texts = parts.Select((x, part) => WithOwnNames(x.Sql, part)).ToList();
        var writes = texts
            .Skip(1)
            .Select((text, i) => (Sql: Where(hasClaim && i == 0 ? "look" : "may", text), Name: $"write_{i}"))
            .ToList();
        // PostgreSQL runs what is written beside a query in the reverse of its order, and what is to be first locks first.
        var last = writes.Skip(hasClaim ? 1 : 0).Reverse();
        var claim = hasClaim ? $", claim AS (\n{writes[0].Sql}\nRETURNING 1\n)" : "";
        sql = $"""
            WITH look AS MATERIALIZED (
            {texts[0]}
            ){claim}, may AS MATERIALIZED (SELECT 1 FROM look{(hasClaim ? ", claim" : "")}){string.Concat(
                last.Select(x => $", {x.Name} AS (\n{x.Sql}\n)")
            )}
            SELECT look.* FROM look WHERE EXISTS (SELECT 1 FROM may)
            """;
    }

    /// <summary>The statement that gives the look's row when it is done, and none when nothing is written.</summary>
    /// <inheritdoc cref="Pamps.Core.Writes.WholeWrite{T}"/>
    public static Statement Of(in Statement look, in Statement? claim, IReadOnlyList<Statement> statements)
    {
        Statement[] parts = claim is { } first ? [look, first, .. statements] : [look, .. statements];
        if (!Known.TryGetValue(parts, out var whole))
        {
            if (Known.Count >= MostKept)
            {
                Known.Clear();
            }
            var hasClaim = claim is not null;
            whole = Known.GetOrAdd(
                // Nothing of their values is kept.
                [.. parts.Select(x => new Statement(x.Sql))],
                x => new WholeStatement(x, hasClaim)
            );
        }
        return whole.With(parts);
    }

    /// <summary>A statement that does nothing where a table of the whole has no row.</summary>
    private static string Where(string table, string sql)
    {
        if (sql.StartsWith("UPDATE ", StringComparison.Ordinal))
        {
            return $"{sql} AND EXISTS (SELECT 1 FROM {table})";
        }
        var begin = sql.IndexOf(Values, StringComparison.Ordinal);
        if (!sql.StartsWith("INSERT ", StringComparison.Ordinal) || begin < 0)
        {
            throw new ArgumentException($"This cannot be written with a look: {sql}", nameof(sql));
        }
        var (end, depth) = (begin + Values.Length, 1);
        for (; depth > 0; end++)
        {
            depth += sql[end] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
        }
        return $"{sql[..begin]}SELECT {sql[(begin + Values.Length)..(end - 1)]} FROM {table}{sql[end..]}";
    }

    private Statement With(Statement[] parts)
    {
        var values = new (string, object?)[parameters.Count];
        for (var place = 0; place < values.Length; place++)
        {
            var (part, name, own) = parameters[place];
            values[place] = (own, PositionalSql.ValueOf(name, parts[part].Parameters));
        }
        return new Statement(sql, values);
    }

    /// <summary>Two parts may name different values alike.</summary>
    private string WithOwnNames(string text, int part) => PositionalSql.Replace(text, name =>
        {
            var own = $"{name}_{part}";
            if (!parameters.Contains((part, name, own)))
            {
                parameters.Add((part, name, own));
            }
            return $"@{own}";
        });

    private sealed class SameTexts : IEqualityComparer<Statement[]>
    {
        public bool Equals(Statement[]? x, Statement[]? y)
        {
            if (x!.Length != y!.Length)
            {
                return false;
            }
            for (var part = 0; part < x.Length; part++)
            {
                if (x[part].Sql != y[part].Sql)
                {
                    return false;
                }
            }
            return true;
        }

        public int GetHashCode(Statement[] parts)
        {
            var hash = new HashCode();
            foreach (var part in parts)
            {
                // They are long, and few are of one length.
                hash.Add(part.Sql.Length);
            }
            return hash.ToHashCode();
        }
    }
}
