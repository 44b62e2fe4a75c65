using System.Text.RegularExpressions;
using Pamps.Core.Databases;

namespace Pamps.Operations.Maintenance;

/// <summary>How much of a table a step of a migration goes through.</summary>
internal enum UpgradeCost
{
    /// <summary>It changes what the database knows about the table, and no row.</summary>
    AtOnce,

    /// <summary>It reads every row, as to make an index.</summary>
    Reads,

    /// <summary>It writes every row anew.</summary>
    Rewrites,
}

/// <summary>A step of a migration.</summary>
/// <param name="Table">The table.</param>
/// <param name="What">What is done to it, in a few words.</param>
/// <param name="Cost">How much of it that goes through.</param>
internal sealed partial record UpgradeDeed(string Table, string What, UpgradeCost Cost)
{
    /// <summary>Stands for the table where a statement does not say which one it changes.</summary>
    public const string OwnSql = "(own SQL)";

    /// <summary>The beginning of the names of tables that others are made anew in, on SQLite.</summary>
    private const string Temporary = "ef_temp_";

    /// <summary>What a script does, as far as its statements' first words tell.</summary>
    /// <param name="script">The script. Its statements begin at a line's beginning, and end at a line's end.</param>
    /// <param name="dropsColumnsAtOnce">What <see cref="Dialect.DropsColumnsAtOnce"/> says of the database.</param>
    public static IReadOnlyList<UpgradeDeed> In(string script, bool dropsColumnsAtOnce)
    {
        var deeds = Statements()
            .Split(Comment().Replace(script, ""))
            .Select(x => x.Trim())
            .Where(x => x.Length > 0 && !x.StartsWith("PRAGMA", StringComparison.OrdinalIgnoreCase))
            .Select(x => Of(x, dropsColumnsAtOnce))
            .ToList();
        var anew = deeds
            .Where(x => x.Table.StartsWith(Temporary, StringComparison.Ordinal))
            .Select(x => x.Table[Temporary.Length..])
            .ToHashSet();
        // Of a table that is made anew, the rest is the way there.
        return
        [
            .. anew.Select(x => new UpgradeDeed(x, "made anew", UpgradeCost.Rewrites)),
            .. deeds.Where(x =>
                !x.Table.StartsWith(Temporary, StringComparison.Ordinal)
                && !(anew.Contains(x.Table) && x.What == "dropped")
            ),
        ];
    }

    private static UpgradeDeed Of(string sql, bool dropsColumnsAtOnce)
    {
        var change = Change().Match(sql);
        if (change.Success)
        {
            var (what, cost) = OfChange(change.Groups["what"].Value, dropsColumnsAtOnce);
            return new(change.Groups["table"].Value, what, cost);
        }
        var made = Made().Match(sql);
        if (made.Success)
        {
            var isDropped = made.Groups["verb"].Value.StartsWith("DROP", StringComparison.OrdinalIgnoreCase);
            return new(made.Groups["table"].Value, isDropped ? "dropped" : "made", UpgradeCost.AtOnce);
        }
        var part = Part().Match(sql);
        if (part.Success)
        {
            var kind = part.Groups["kind"].Value.ToLowerInvariant();
            return new(
                part.Groups["table"].Value,
                $"{kind} {part.Groups["name"].Value} made",
                kind == "index" ? UpgradeCost.Reads : UpgradeCost.AtOnce
            );
        }
        var written = Written().Match(sql);
        return written.Success
            ? new(written.Groups["table"].Value, "rows changed", UpgradeCost.Rewrites)
            : new(
                OwnSql,
                FirstWords().Match(sql.Replace("\"", "", StringComparison.Ordinal)).Value,
                UpgradeCost.AtOnce
            );
    }

    /// <summary>What an ALTER TABLE does.</summary>
    private static (string What, UpgradeCost Cost) OfChange(string what, bool dropsColumnsAtOnce)
    {
        var words = Words().Matches(what).Select(x => x.Value).ToList();
        var verb = string.Join(' ', words.Take(2)).ToUpperInvariant();
        return verb switch
        {
            "ADD CONSTRAINT" => ($"constraint {words[2]} added", UpgradeCost.Reads),
            "DROP CONSTRAINT" => ($"constraint {words[2]} dropped", UpgradeCost.AtOnce),
            "DROP COLUMN" => (
                $"column {words[2]} dropped",
                dropsColumnsAtOnce ? UpgradeCost.AtOnce : UpgradeCost.Rewrites
            ),
            "RENAME COLUMN" => ($"column {words[2]} renamed", UpgradeCost.AtOnce),
            "ALTER COLUMN" when what.Contains("DROP NOT NULL", StringComparison.OrdinalIgnoreCase) => (
                $"column {words[2]} may be empty",
                UpgradeCost.AtOnce
            ),
            "ALTER COLUMN" => ($"column {words[2]} changed", UpgradeCost.Rewrites),
            _ when verb.StartsWith("RENAME ", StringComparison.Ordinal) => ("renamed", UpgradeCost.AtOnce),
            _ when verb.StartsWith("SET ", StringComparison.Ordinal)
                    || verb.StartsWith("RESET ", StringComparison.Ordinal) => (
                "settings changed",
                UpgradeCost.AtOnce
            ),
            _ when verb.StartsWith("ADD ", StringComparison.Ordinal) => (
                $"column {words[verb == "ADD COLUMN" ? 2 : 1]} added",
                // A value that is the same for all rows is kept once.
                Computed().IsMatch(what)
                    ? UpgradeCost.Rewrites
                    : UpgradeCost.AtOnce
            ),
            _ => ("changed", UpgradeCost.Rewrites),
        };
    }

    [GeneratedRegex("""^--.*$""", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(""";\s*$(?=\s*^\S|\s*\z)""", RegexOptions.Multiline)]
    private static partial Regex Statements();

    [GeneratedRegex(
        """^ALTER\s+TABLE\s+"?(?<table>\w+)"?\s+(?<what>.*)""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Change();

    [GeneratedRegex(
        """^(?<verb>CREATE(\s+VIRTUAL)?|DROP)\s+TABLE\s+(IF\s+(NOT\s+)?EXISTS\s+)?"?(?<table>\w+)""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Made();

    [GeneratedRegex(
        """^CREATE\s+(UNIQUE\s+)?(?<kind>INDEX|TRIGGER)\s+"?(?<name>\w+)"?.*?\sON\s+"?(?<table>\w+)""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Part();

    [GeneratedRegex("""^(UPDATE|INSERT\s+INTO|DELETE\s+FROM)\s+"?(?<table>\w+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Written();

    [GeneratedRegex("""DEFAULT\s*\(|GENERATED""", RegexOptions.IgnoreCase)]
    private static partial Regex Computed();

    [GeneratedRegex("""\w+(\s+\w+){0,3}""")]
    private static partial Regex FirstWords();

    [GeneratedRegex("""\w+""")]
    private static partial Regex Words();
}
