namespace Pamps.Core.Databases;

/// <summary>Whole copies of a database that is a file, beside it. Only where it is one.</summary>
public interface ISnapshotFiles
{
    /// <summary>How many bytes a copy takes.</summary>
    Task<long> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Copies the database as it is at one moment, while others go on writing; answers with the copy's path.</summary>
    /// <param name="schema">What its newest migration is called; in the copy's name.</param>
    /// <param name="time">When; in the copy's name, too.</param>
    /// <param name="cancellationToken">Stops; nothing is left then.</param>
    Task<string> MakeAsync(string schema, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Deletes all copies but the newest ones.</summary>
    /// <param name="count">How many stay.</param>
    /// <param name="schema">Of which schema; null for all.</param>
    void KeepNewest(int count, string? schema = null);

    /// <summary>A sentence that tells a person how to put a copy in the database's place.</summary>
    string WayBack(string copy);
}
