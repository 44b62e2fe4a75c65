using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema;

/// <summary>
/// The list of all tables that Pamps.Operations carries from one database to another. It is made of the model, so that
/// nobody has to name a new table there.
/// </summary>
internal static class StoredTables
{
    public const string File = "src/Pamps.Operations/Transfer/tables.txt";
    private const string Behind = "Pamps:StaysBehind";

    /// <summary>Its rows are not carried to another database, nor into backups.</summary>
    public static void StaysBehind<T>(this EntityTypeBuilder<T> table)
        where T : class => table.HasAnnotation(Behind, true);

    /// <summary>The same of one column.</summary>
    public static void StaysBehind<T>(this PropertyBuilder<T> column) => column.HasAnnotation(Behind, true);

    /// <summary>
    /// A line for each table, those first that others refer to, and below it one for each column, those of the key first.
    /// </summary>
    public static string Describe(PampsModel model)
    {
        var text = new StringBuilder("# Made of the model in Pamps.Schema by build/migration.\n");
        foreach (var table in InOrder(model.Model.GetRelationalModel()))
        {
            var isLeft = table.EntityTypeMappings.Any(x => x.TypeBase.FindAnnotation(Behind) is not null);
            text.Append(table.Name).Append(isLeft ? " stays" : "").Append('\n');
            var key = table.PrimaryKey!.Columns.Select(x => x.Name).ToList();
            foreach (
                var column in table
                    .Columns.Where(x =>
                        x.PropertyMappings.All(p => p.Property.FindAnnotation(Behind) is null)
                    )
                    .OrderBy(x => key.Contains(x.Name) ? key.IndexOf(x.Name) : key.Count)
                    .ThenBy(x => x.Name, StringComparer.Ordinal)
            )
            {
                var type = Nullable.GetUnderlyingType(column.ProviderClrType) ?? column.ProviderClrType;
                var isKey = key.Contains(column.Name);
                var isNumbered =
                    isKey
                    && column.PropertyMappings.Any(x => x.Property.ValueGenerated == ValueGenerated.OnAdd);
                text.Append("  ").Append(column.Name).Append(' ').Append(Type.GetTypeCode(type));
                text.Append(isKey ? " key" : "").Append(isNumbered ? " numbered" : "").Append('\n');
            }
        }
        return text.ToString();
    }

    private static List<ITable> InOrder(IRelationalModel model)
    {
        var ordered = new List<ITable>();
        foreach (var table in model.Tables.OrderBy(x => x.Name, StringComparer.Ordinal))
        {
            Add(table);
        }
        return ordered;

        void Add(ITable table)
        {
            if (ordered.Contains(table))
            {
                return;
            }
            foreach (var reference in table.ForeignKeyConstraints)
            {
                if (reference.PrincipalTable != table)
                {
                    Add(reference.PrincipalTable);
                }
            }
            ordered.Add(table);
        }
    }
}
