namespace Pamps.Core.Media;

/// <summary>
/// Where the files of pictures are. It keeps files by their names and knows nothing of who has them: that is the database's to say,
/// and whoever writes or removes a file has its row there first.
/// </summary>
/// <remarks>
/// It may be far: nobody who asks it holds a connection to the database meanwhile, or a row. Where it cannot be reached, or its disk is
/// full, an <see cref="IOException"/> says so within two minutes, however often it is tried.
/// </remarks>
public interface IMediaStore
{
    /// <summary>Where the files are, for people.</summary>
    string Place { get; }

    /// <summary>
    /// Keeps a file; who finds it finds it whole, and no power cut takes it when this has returned. Nothing happens to one that is
    /// there; answers whether it was not. Several may do the same at once.
    /// </summary>
    Task<bool> PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The same for a file that comes from elsewhere: it is kept if it is what its name says.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="writeAsync">Writes it; not called for one that is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">What was written has another hash than the name.</exception>
    Task<bool> PutAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the file is there.</summary>
    Task<bool> HasAsync(string name, CancellationToken cancellationToken);

    /// <summary>The file, which can be read from any place, asynchronously only; null when it is not there.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes the file away, if it is there.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>The files of one of the <see cref="MediaFileName.Folders"/>, in the order of their names; whatever else lies there is passed over.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Takes away what was begun before that moment, and neither ended nor cleared away; answers how many there were.</summary>
    int ClearUnfinished(DateTime before);

    /// <summary>A new file on this machine to receive an upload, which is gone when it is closed.</summary>
    FileStream NewUpload();
}

/// <summary>A file that is kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="WrittenAt">When it was written, UTC.</param>
public readonly record struct StoredFile(string Name, long Bytes, DateTime WrittenAt);
