using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Core.Writes;

/// <summary>The transaction in which a write gate runs an operation, and what is to be sent with its commit.</summary>
/// <param name="transaction">The database's own, which the gate begins and ends; null where all is written at once, and nothing before.</param>
public sealed class WriteTransaction(DbTransaction? transaction)
{
    /// <summary>The database's own transaction, in which only <see cref="IDatabase"/> runs statements.</summary>
    /// <exception cref="InvalidOperationException">All is written at once.</exception>
    public DbTransaction Transaction =>
        transaction ?? throw new InvalidOperationException("Nothing runs before what is written at once.");

    /// <summary>
    /// The statements that end the operation, in their order. The gate runs them when the operation has not been refused; to
    /// another server they go together with the commit, which saves a round trip while rows are locked.
    /// </summary>
    public List<Statement> Last { get; } = [];
}
