using System.Data.Common;
using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Search;

internal static class SqlByIds
{
    /// <summary>The rows of some ids, in no order.</summary>
    /// <param name="sql">Where they are read.</param>
    /// <param name="statement">Its text; the ids are the parameter <c>ids</c>.</param>
    /// <param name="readRow">Reads a row.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="parameters">The statement's other parameters.</param>
    public static async Task<List<T>> ListByIdAsync<T>(
        this Sql sql,
        string statement,
        Func<DbDataReader, T> readRow,
        IReadOnlyList<long> ids,
        CancellationToken ct,
        params (string Name, object? Value)[] parameters
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }
        return await sql.ListAsync(statement, readRow, ct, [.. parameters, sql.Dialect.Ids("ids", ids)]);
    }
}
