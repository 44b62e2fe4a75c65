namespace Pamps.Core.Maintenance;

/// <summary>Whole copies of a database that is a file, beside it. Only where it is one.</summary>
public interface ISnapshotFiles
{
    /// <summary>How many bytes a copy takes.</summary>
    Task<long> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Copies the database as it is at one moment, while others go on writing; answers with the copy's path.</summary>
    /// <param name="name">What tells the copy from others, in its file's name.</param>
    /// <param name="cancellationToken">Stops; nothing is left then.</param>
    Task<string> MakeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes all copies but the newest ones.</summary>
    void KeepNewest(int count);

    /// <summary>A sentence that tells a person how to put a copy in the database's place.</summary>
    string WayBack(string copy);
}
