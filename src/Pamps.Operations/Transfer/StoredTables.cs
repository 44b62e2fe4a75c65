using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Pamps.Core;
using Pamps.Core.Events;

namespace Pamps.Operations.Transfer;

/// <summary>The tables of the schema, out of the model: a new one is carried like the others.</summary>
internal sealed class StoredTables
{
    public StoredTables(Lazy<IDbContextFactory<PampsDb>> contexts)
    {
        using var db = contexts.Value.CreateDbContext();
        var events = db.Model.FindEntityType(typeof(Event))!.GetTableName()!;
        All = [.. InOrder(db.Model.GetRelationalModel()).Select(Describe)];
        Carried = [.. All.Where(x => x.Name != events)];
        Events = All.Single(x => x.Name == events);
    }

    /// <summary>Every table; those first that others refer to.</summary>
    public IReadOnlyList<StoredTable> All { get; }

    /// <summary>The tables whose rows are carried: all but that of events, whose places mean nothing in another database.</summary>
    public IReadOnlyList<StoredTable> Carried { get; }

    public StoredTable Events { get; }

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

    private static StoredTable Describe(ITable table)
    {
        var key = table.PrimaryKey!.Columns.Select(x => x.Name).ToList();
        var columns = table
            .Columns.OrderBy(x => key.Contains(x.Name) ? key.IndexOf(x.Name) : key.Count)
            .ThenBy(x => x.Name, StringComparer.Ordinal)
            .Select(x => new StoredColumn(
                x.Name,
                Type.GetTypeCode(Nullable.GetUnderlyingType(x.ProviderClrType) ?? x.ProviderClrType),
                key.Contains(x.Name)
                    && x.PropertyMappings.Any(p => p.Property.ValueGenerated == ValueGenerated.OnAdd)
            ))
            .ToList();
        return new StoredTable(table.Name, columns, [.. Enumerable.Range(0, key.Count)]);
    }
}
