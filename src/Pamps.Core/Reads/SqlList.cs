using System.Data.Common;

namespace Pamps.Core.Reads;

/// <summary>A list that is read page by page along the index of one id column.</summary>
/// <param name="Columns">What is selected.</param>
/// <param name="From">The tables, joined.</param>
/// <param name="Where">The condition that makes the list.</param>
/// <param name="IdColumn">The column that the list is ordered by.</param>
/// <param name="ReadRow">Makes a row's view.</param>
internal sealed record SqlList<T>(
    string Columns,
    string From,
    string Where,
    string IdColumn,
    Func<DbDataReader, T> ReadRow
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
        var rows = await sql.ListAsync(
            $"""
            SELECT {IdColumn}, {Columns} FROM {From} WHERE {Where}{pager.Condition(IdColumn)}
            ORDER BY {IdColumn} {pager.Direction} LIMIT @take
            """,
            row => new Keyed<T>(row.GetInt64(0), ReadRow(row)),
            cancellationToken,
            [.. parameters, .. pager.Parameters]
        );
        return await pager.PageAsync(
            rows,
            edge =>
                sql.FirstAsync(
                    $"SELECT 1 FROM {From} WHERE {Where} AND {IdColumn} {(pager.IsDescending ? ">" : "<")} @edge LIMIT 1",
                    _ => true,
                    cancellationToken,
                    [.. parameters, ("edge", edge)]
                )
        );
    }
}
