using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Core.Reads;

/// <summary>A list that is read page by page along the index of one id column.</summary>
/// <param name="Columns">What is selected.</param>
/// <param name="From">The tables, joined.</param>
/// <param name="Where">What else holds for every row of the list.</param>
/// <param name="IdColumn">The column that the list is ordered by.</param>
/// <param name="ReadRow">Makes a row's view.</param>
/// <param name="Of">
/// The column that tells whose list a row is in, where there is a list for each of many; which one is read is the
/// parameter <c>of</c>. It and the id column are an index.
/// </param>
internal sealed record SqlList<T>(
    string Columns,
    string From,
    string Where,
    string IdColumn,
    Func<DbDataReader, T> ReadRow,
    string? Of = null
)
{
    public async Task<Page<T>> ReadAsync(
        Sql sql,
        PageRequest request,
        ListOrder ownOrder,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        var pager = new Pager(request, ownOrder);
        var where = $"{Where}{OneList(sql.Dialect)}";
        var rows = await sql.ListAsync(
            $"""
            SELECT {IdColumn}, {Columns} FROM {From} WHERE {where}{pager.Condition(IdColumn)}
            ORDER BY {Order(sql.Dialect, pager.IsDescending)} LIMIT {pager.Take}
            """,
            row => new Keyed<T>(row.GetInt64(0), ReadRow(row)),
            cancellationToken,
            [.. parameters, .. pager.Parameters]
        );
        // Looked for from the edge on: without an order PostgreSQL may read the table from its other end.
        return await pager.PageAsync(rows, edge => sql.FirstAsync(
                $"""
                SELECT 1 FROM {From} WHERE {where} AND {IdColumn} {(pager.IsDescending ? ">" : "<")} @edge
                ORDER BY {Order(sql.Dialect, !pager.IsDescending)} LIMIT 1
                """,
                _ => true,
                cancellationToken,
                [.. parameters, ("edge", edge)]
            ));
    }

    /// <summary>
    /// The statement of the list's first rows, as <see cref="Keyed{T}"/> are read, for who need not know whether more
    /// follow.
    /// </summary>
    public string FirstRows(Dialect dialect, int take, ListOrder order) =>
        $"""
            SELECT {IdColumn}, {Columns} FROM {From} WHERE {Where}{OneList(dialect)}
            ORDER BY {Order(dialect, order == ListOrder.Newest)} LIMIT {take}
            """;

    private string OneList(Dialect dialect) => Of is null ? "" : $" AND {dialect.IsInList(Of)}";

    private string Order(Dialect dialect, bool isDescending)
    {
        var direction = isDescending ? "DESC" : "ASC";
        return Of is null ? $"{IdColumn} {direction}" : dialect.OrderInList(Of, IdColumn, direction);
    }
}
