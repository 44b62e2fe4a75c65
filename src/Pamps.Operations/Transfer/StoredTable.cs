using System.Data.Common;
using Pamps.Core;
using Pamps.Core.Databases;

namespace Pamps.Operations.Transfer;

/// <summary>A column: its name, and the type of its values where they differ between the databases.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type in which it is read and inserted.</param>
/// <param name="IsNumbered">Whether the database counts its values up itself.</param>
internal sealed record StoredColumn(string Name, TypeCode Type, bool IsNumbered);

/// <summary>A table of the schema, as its rows are carried from one database to another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">All its columns, in an order that both databases share.</param>
/// <param name="Key">The places of the primary key's columns among them.</param>
internal sealed record StoredTable(string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<int> Key)
{
    public IReadOnlyList<string> ColumnNames { get; } = [.. Columns.Select(x => x.Name)];

    /// <summary>Reads the row that the reader stands on: a value per column.</summary>
    public object?[] ReadRow(DbDataReader reader)
    {
        var row = new object?[Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : ReadValue(reader, i);
        }
        return row;
    }

    /// <summary>The values of the primary key.</summary>
    public object?[] KeyOf(object?[] row) => [.. Key.Select(x => row[x])];

    private object ReadValue(DbDataReader reader, int column) =>
        Columns[column].Type switch
        {
            TypeCode.Int64 => reader.GetInt64(column),
            TypeCode.Int32 => reader.GetInt32(column),
            TypeCode.Int16 => reader.GetInt16(column),
            TypeCode.Boolean => reader.GetBoolean(column),
            TypeCode.String => reader.GetString(column),
            TypeCode.DateTime => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc),
            var other => throw new NotSupportedException(
                $"{Name}.{Columns[column].Name} is of the type {other}, which is not carried."
            ),
        };
}
