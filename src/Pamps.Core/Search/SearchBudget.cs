using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Search;

/// <summary>How long one search may keep the database at work, in all its statements together.</summary>
/// <param name="whole">All of them, but for the first.</param>
/// <param name="first">How long the first may take at least.</param>
/// <param name="time">Tells the time.</param>
internal sealed class SearchBudget(TimeSpan whole, TimeSpan first, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();

    private TimeSpan Left => whole - time.GetElapsedTime(started);

    /// <summary>The rows of a statement that looks at few.</summary>
    /// <exception cref="StatementStoppedException">It took too long all the same.</exception>
    public Task<List<T>> ListFirstAsync<T>(
        Sql sql,
        Statement statement,
        Func<DbDataReader, T> readRow,
        CancellationToken ct
    ) => sql.ListAsync(statement with { Budget = Left > first ? Left : first }, readRow, ct);

    /// <summary>The rows of a statement; null where what is left of the time was not enough.</summary>
    /// <param name="sql">Where they are read.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="readRow">Reads a row.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="share">2 where it has half of what is left, so that it may be in vain.</param>
    public async Task<List<T>?> TryListAsync<T>(
        Sql sql,
        Statement statement,
        Func<DbDataReader, T> readRow,
        CancellationToken ct,
        int share = 1
    )
    {
        var left = Left / share;
        if (left < TimeSpan.FromMilliseconds(1))
        {
            return null;
        }
        try
        {
            return await sql.ListAsync(statement with { Budget = left }, readRow, ct);
        }
        catch (StatementStoppedException)
        {
            return null;
        }
    }
}
