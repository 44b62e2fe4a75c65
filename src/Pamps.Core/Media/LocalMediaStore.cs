using System.Runtime.CompilerServices;

namespace Pamps.Core.Media;

/// <summary>Keeps files in a folder, in 256 folders by the first two letters of their names; for their owner only.</summary>
internal sealed class LocalMediaStore : IMediaStore
{
    private readonly string root;

    /// <param name="options">Says where; it was checked at the start.</param>
    public LocalMediaStore(PampsOptions options)
        : this(FolderOf(options)) { }

    /// <param name="folder">Where; it is made when the first file is.</param>
    public LocalMediaStore(string folder) => root = Path.GetFullPath(folder);

    public string Place => root;

    /// <summary>What uploads are received in, and what is written until it is whole.</summary>
    private string Unfinished => Path.Combine(root, "unfinished");

    /// <summary>The folder that the settings name.</summary>
    public static string FolderOf(PampsOptions options) =>
        options.Media.Uri.Length == 0
            ? Path.Combine(options.DataFolder, "media")
            : new Uri(options.Media.Uri).LocalPath;

    public Task<bool> PutAsync(
        string name,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    ) => WriteAsync(name, async (file, ct) => await file.WriteAsync(bytes, ct), cancellationToken);

    public Task<bool> PutAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            name,
            async (file, ct) =>
            {
                await writeAsync(file, ct);
                file.Position = 0;
                if (!await MediaFileName.IsOfAsync(name, file, ct))
                {
                    throw new InvalidDataException($"{name} is not what its name says.");
                }
            },
            cancellationToken
        );

    private async Task<bool> WriteAsync(
        string name,
        Func<FileStream, CancellationToken, Task> writeAsync,
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
                await writeAsync(file, cancellationToken);
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

    public Task<bool> HasAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(PathOf(name)));

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Open(name));

    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredFile> ListAsync(
        string folder,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        var files = new DirectoryInfo(Path.Combine(root, folder));
        if (!files.Exists)
        {
            yield break;
        }
        foreach (
            var file in files
                .EnumerateFiles()
                .Where(x => MediaFileName.Is(x.Name) && x.Name.StartsWith(folder, StringComparison.Ordinal))
                .OrderBy(x => x.Name, StringComparer.Ordinal)
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            // It may have been removed meanwhile.
            if (file.Exists)
            {
                yield return new StoredFile(file.Name, file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    public int ClearUnfinished(DateTime before)
    {
        var folder = new DirectoryInfo(Unfinished);
        if (!folder.Exists)
        {
            return 0;
        }
        var cleared = 0;
        foreach (var file in folder.EnumerateFiles().Where(x => x.LastWriteTimeUtc < before))
        {
            file.Delete();
            cleared++;
        }
        return cleared;
    }

    public FileStream NewUpload() =>
        new(NewPath(), Options(FileOptions.Asynchronous | FileOptions.DeleteOnClose));

    private FileStream? Open(string name)
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
