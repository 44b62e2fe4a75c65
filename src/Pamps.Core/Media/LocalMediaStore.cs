namespace Pamps.Core.Media;

/// <summary>Keeps files in a folder, in 256 folders by the first two letters of their names; for their owner only.</summary>
internal sealed class LocalMediaStore : IMediaStore
{
    private readonly string root;

    /// <param name="options">Says where; it was checked at the start.</param>
    public LocalMediaStore(PampsOptions options) => root = Path.GetFullPath(FolderOf(options));

    /// <summary>What uploads are received in, and what is written until it is whole.</summary>
    private string Unfinished => Path.Combine(root, "unfinished");

    /// <summary>The folder that the settings name.</summary>
    public static string FolderOf(PampsOptions options) =>
        options.Media.Uri.Length == 0
            ? Path.Combine(options.DataFolder, "media")
            : new Uri(options.Media.Uri).LocalPath;

    public async Task<bool> PutAsync(
        string name,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            return false;
        }
        OwnerOnly.MakeFolder(Path.GetDirectoryName(path)!);
        var partial = NewPath();
        try
        {
            await using (var file = new FileStream(partial, Options(FileOptions.Asynchronous)))
            {
                await file.WriteAsync(bytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public bool Has(string name) => File.Exists(PathOf(name));

    public Stream? Open(string name)
    {
        try
        {
            return new FileStream(
                PathOf(name),
                new FileStreamOptions
                {
                    Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                    Share = FileShare.Read | FileShare.Delete,
                    // What is sent is read in pieces of its own.
                    BufferSize = 0,
                }
            );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Remove(string name)
    {
        if (Has(name))
        {
            File.Delete(PathOf(name));
        }
    }

    public void ClearUnfinished(DateTime before)
    {
        var folder = new DirectoryInfo(Unfinished);
        if (!folder.Exists)
        {
            return;
        }
        foreach (var file in folder.EnumerateFiles().Where(x => x.LastWriteTimeUtc < before))
        {
            file.Delete();
        }
    }

    public FileStream NewUpload() =>
        new(NewPath(), Options(FileOptions.Asynchronous | FileOptions.DeleteOnClose));

    private string PathOf(string name) =>
        MediaFileName.Is(name)
            ? Path.Combine(root, MediaFileName.FolderOf(name), name)
            : throw new ArgumentException("It is no name of a stored file.", nameof(name));

    private string NewPath()
    {
        OwnerOnly.MakeFolder(root);
        OwnerOnly.MakeFolder(Unfinished);
        return Path.Combine(Unfinished, Guid.NewGuid().ToString("N"));
    }

    private static FileStreamOptions Options(FileOptions options) =>
        OwnerOnly.Of(
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                // It is read by its name while it is open.
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = options,
            }
        );
}
