namespace Pamps.Core.Media;

/// <summary>
/// Where the files of pictures are. It keeps files by their names and knows nothing of who has them: that is the database's to say,
/// and whoever writes or removes a file holds its row there.
/// </summary>
public interface IMediaStore
{
    /// <summary>
    /// Keeps a file; who finds it finds it whole, and no power cut takes it when this has returned. Nothing happens to one that is
    /// there; answers whether it was not.
    /// </summary>
    Task<bool> PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Whether the file is there.</summary>
    bool Has(string name);

    /// <summary>The file, which can be read from any place; null when it is not there.</summary>
    Stream? Open(string name);

    /// <summary>Takes the file away, if it is there.</summary>
    void Remove(string name);

    /// <summary>Takes away what was begun before that moment, and neither ended nor cleared away.</summary>
    void ClearUnfinished(DateTime before);

    /// <summary>A new file on this machine to receive an upload, which is gone when it is closed.</summary>
    FileStream NewUpload();
}
