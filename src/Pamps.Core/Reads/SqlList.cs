using System.Collections.Concurrent;
using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Core.Reads;

/// <summary>A list that is read page by page along the index of one id column.</summary>
/// <param name="columns">What is selected.</param>
/// <param name="from">The tables, joined.</param>
/// <param name="where">What else holds for every row of the list.</param>
/// <param name="idColumn">The column that the list is ordered by.</param>
/// <param name="readRow">Makes a row's view.</param>
/// <param name="of">
/// The column that tells whose list a row is in, where there is a list for each of many; which one is read is the
/// parameter <c>of</c>. It and the id column are an index.
/// </param>
internal sealed class SqlList<T>(
    string columns,
    string from,
    string where,
    string idColumn,
    Func<DbDataReader, T> readRow,
    string? of = null
)
{
    private readonly Func<DbDataReader, Keyed<T>> readKeyed = row => new Keyed<T>(
        row.GetInt64(0),
        readRow(row)
    );

    /// <summary>The texts of its pages that were asked for: few, since a page has few sizes.</summary>
    private readonly ConcurrentDictionary<(Dialect, PageShape), PageTexts> known = new(1, 1);

    public async Task<Page<T>> ReadAsync(
        Sql sql,
        PageRequest request,
        ListOrder ownOrder,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        var pager = new Pager(request, ownOrder);
        var texts = known.GetOrAdd(
            (sql.Dialect, pager.Shape),
            static (key, x) => x.list.Make(key.Item1, x.pager),
            (list: this, pager)
        );
        var rows = await sql.ListAsync(
            texts.Page,
            readKeyed,
            cancellationToken,
            [.. parameters, .. pager.Parameters]
        );
        return await pager.PageAsync(rows, edge =>
            sql.FirstAsync(texts.Behind, _ => true, cancellationToken, [.. parameters, ("edge", edge)])
        );
    }

    /// <summary>
    /// The statement of the list's first rows, as <see cref="Keyed{T}"/> are read, for who need not know whether more
    /// follow.
    /// </summary>
    public string FirstRows(Dialect dialect, int take, ListOrder order) =>
        $"""
            SELECT {idColumn}, {columns} FROM {from} WHERE {where}{OneList(dialect)}
            ORDER BY {Order(dialect, order == ListOrder.Newest)} LIMIT {take}
            """;

    private PageTexts Make(Dialect dialect, Pager pager)
    {
        var one = $"{where}{OneList(dialect)}";
        var condition = pager.Condition(idColumn);
        var beyond = pager.IsDescending ? ">" : "<";
        return new PageTexts(
            $"""
            SELECT {idColumn}, {columns} FROM {from} WHERE {one}{condition}
            ORDER BY {Order(dialect, pager.IsDescending)} LIMIT {pager.Take}
            """,
            // Looked for from the edge on: without an order PostgreSQL may read the table from its other end.
            $"""
            SELECT 1 FROM {from} WHERE {one} AND {idColumn} {beyond} @edge
            ORDER BY {Order(dialect, !pager.IsDescending)} LIMIT 1
            """
        );
    }

    private string OneList(Dialect dialect) => of is null ? "" : $" AND {dialect.IsInList(of)}";

    private string Order(Dialect dialect, bool isDescending)
    {
        var direction = isDescending ? "DESC" : "ASC";
        return of is null ? $"{idColumn} {direction}" : dialect.OrderInList(of, idColumn, direction);
    }
}
