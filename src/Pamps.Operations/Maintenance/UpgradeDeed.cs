using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

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
    /// <summary>Stands for the table where a migration's own SQL does not say which one it changes.</summary>
    public const string OwnSql = "(own SQL)";

    /// <summary>What an operation does, as EF Core makes it of each database.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="dialect">The database's product.</param>
    /// <param name="tables">The tables that stand.</param>
    public static UpgradeDeed Of(
        MigrationOperation operation,
        SqlDialect dialect,
        IEnumerable<string> tables
    ) =>
        operation switch
        {
            SqlOperation x => OfSql(x.Sql, tables),
            CreateTableOperation x => new(x.Name, "made", UpgradeCost.AtOnce),
            DropTableOperation x => new(x.Name, "dropped", UpgradeCost.AtOnce),
            RenameTableOperation x => new(x.Name, "renamed", UpgradeCost.AtOnce),
            CreateIndexOperation x => new(x.Table, $"index {x.Name} made", UpgradeCost.Reads),
            DropIndexOperation x => new(x.Table!, $"index {x.Name} dropped", UpgradeCost.AtOnce),
            RenameIndexOperation x => new(x.Table!, $"index {x.Name} renamed", UpgradeCost.AtOnce),
            AddColumnOperation x => new(
                x.Table,
                $"column {x.Name} added",
                // A value that is the same for all rows is kept once.
                x.DefaultValueSql
                    is null
                && x.ComputedColumnSql is null
                    ? UpgradeCost.AtOnce
                    : UpgradeCost.Rewrites
            ),
            RenameColumnOperation x => new(x.Table, $"column {x.Name} renamed", UpgradeCost.AtOnce),
            // SQLite can change little of a table in its place: it is made anew, and the rows are copied.
            DropColumnOperation x => new(
                x.Table,
                $"column {x.Name} dropped",
                dialect == SqlDialect.Sqlite ? UpgradeCost.Rewrites : UpgradeCost.AtOnce
            ),
            AlterColumnOperation x => new(x.Table, $"column {x.Name} changed", UpgradeCost.Rewrites),
            AddForeignKeyOperation or AddCheckConstraintOperation => new(
                ((ITableMigrationOperation)operation).Table,
                "constraint added",
                dialect == SqlDialect.Sqlite ? UpgradeCost.Rewrites : UpgradeCost.Reads
            ),
            ITableMigrationOperation x => new(x.Table, "changed", UpgradeCost.Rewrites),
            _ => new(OwnSql, operation.GetType().Name, UpgradeCost.AtOnce),
        };

    /// <summary>A statement of the migration's own: the table that it writes to, as far as its first words tell.</summary>
    private static UpgradeDeed OfSql(string sql, IEnumerable<string> tables)
    {
        var written = WrittenTable().Match(sql);
        var index = NewIndex().Match(sql);
        var table = tables.FirstOrDefault(x =>
            x == (written.Success ? written : index).Groups["table"].Value
        );
        return (table, written.Success) switch
        {
            (null, _) => new(OwnSql, FirstWords().Match(sql).Value, UpgradeCost.AtOnce),
            (_, true) => new(table, "rows changed", UpgradeCost.Rewrites),
            _ => new(table, "index made", UpgradeCost.Reads),
        };
    }

    [GeneratedRegex(
        """^\s*(UPDATE|INSERT\s+INTO|DELETE\s+FROM|ALTER\s+TABLE)\s+"?(?<table>\w+)""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex WrittenTable();

    [GeneratedRegex("""^\s*CREATE\s+(UNIQUE\s+)?INDEX\s.*?\sON\s+"?(?<table>\w+)""", RegexOptions.IgnoreCase)]
    private static partial Regex NewIndex();

    [GeneratedRegex("""\w+(\s+\w+){0,3}""")]
    private static partial Regex FirstWords();
}
