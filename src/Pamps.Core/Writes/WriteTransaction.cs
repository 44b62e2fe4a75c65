using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Core.Writes;

/// <summary>The transaction in which a write gate runs an operation, and what is to be sent with its commit.</summary>
/// <param name="transaction">The database's own; the gate begins and ends it.</param>
public sealed class WriteTransaction(DbTransaction transaction)
{
    /// <summary>The database's own transaction, in which only <see cref="IDatabase"/> runs statements.</summary>
    public DbTransaction Transaction => transaction;

    /// <summary>
    /// The statements that end the operation, in their order. The gate runs them when the operation has not been refused; to
    /// another server they go together with the commit, which saves a round trip while rows are locked.
    /// </summary>
    public List<Statement> Last { get; } = [];
}
