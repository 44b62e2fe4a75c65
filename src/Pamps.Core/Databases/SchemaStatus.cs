namespace Pamps.Core.Databases;

/// <summary>Where a database's schema stands.</summary>
/// <param name="Applied">Migrations in the database, oldest first.</param>
/// <param name="Pending">Migrations that this program has and the database lacks, oldest first.</param>
/// <param name="Unknown">Migrations in the database that this program does not know: it is older than the database.</param>
public sealed record SchemaStatus(
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown
)
{
    /// <summary>
    /// Stands among the migrations while a database is being filled from another one. No version knows it, so none serves a
    /// half of the data.
    /// </summary>
    internal const string UnfinishedCopy = "99991231235959_UnfinishedCopy";

    /// <summary>Tables of Pamps' names that another program made, such as the workshop's; empty where nothing stands in the way.</summary>
    public IReadOnlyList<string> Foreign { get; init; } = [];

    /// <summary>Whether the program and the database fit.</summary>
    public bool IsCurrent => Pending.Count == 0 && Unknown.Count == 0;

    /// <summary>Whether nothing was ever made here.</summary>
    public bool IsEmpty => Applied.Count == 0;

    /// <summary>Whether a copy or a restore into this database was begun and has not ended.</summary>
    public bool IsUnfinished => Unknown.Contains(UnfinishedCopy);
}
