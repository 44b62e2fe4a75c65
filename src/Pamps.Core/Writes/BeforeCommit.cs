using Pamps.Core.Databases;

namespace Pamps.Core.Writes;

/// <summary>
/// The statements that an operation has left for its write gate to send with the commit, in their order. Contexts are
/// used again: the gate empties this before each operation.
/// </summary>
public static class BeforeCommit
{
    /// <summary>Those of the operation that has this context now.</summary>
    public static IList<Statement> Of(PampsDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.BeforeCommit;
    }
}
