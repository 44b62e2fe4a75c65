using System.Runtime.CompilerServices;

namespace Pamps.Core.Media;

/// <summary>Keeps files in a folder, in 256 folders by the first two letters of their names; for their owner only.</summary>
public sealed class LocalMediaStore : IMediaStore, IPrivateFiles
{
    private readonly string root;
    private readonly UnfinishedFiles unfinished;

    /// <summary>The files of a folder.</summary>
    /// <param name="folder">Where; it is made when the first file is.</param>
    public LocalMediaStore(string folder)
    {
        root = Path.GetFullPath(folder);
        unfinished = new UnfinishedFiles(root);
    }

    /// <inheritdoc/>
    public string Place => root;

    /// <inheritdoc/>
    public Task<bool> PutAsync(
        string name,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    ) => WriteAsync(name, async (file, ct) => await file.WriteAsync(bytes, ct), cancellationToken);

    /// <inheritdoc/>
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
        await WriteToAsync(path, writeAsync, cancellationToken);
        return true;
    }

    private async Task WriteToAsync(
        string path,
        Func<FileStream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    )
    {
        var partial = unfinished.NewPath();
        try
        {
            await using (var file = new FileStream(partial, UnfinishedFiles.Options(FileOptions.None)))
            {
                await writeAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <inheritdoc/>
    public Task<bool> HasAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(PathOf(name)));

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(OpenAt(PathOf(name)));

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) => RemoveAtAsync(PathOf(name));

    private static Task RemoveAtAsync(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public async Task<long> PutPrivateAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(writeAsync);
        var path = PrivatePathOf(name);
        OwnerOnly.MakeFolder(root);
        OwnerOnly.MakeFolder(Path.GetDirectoryName(path)!);
        var bytes = 0L;
        await WriteToAsync(
            path,
            async (file, ct) =>
            {
                await writeAsync(file, ct);
                bytes = file.Length;
            },
            cancellationToken
        );
        return bytes;
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenPrivateAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(OpenAt(PrivatePathOf(name)));

    /// <inheritdoc/>
    public Task RemovePrivateAsync(string name, CancellationToken cancellationToken) =>
        RemoveAtAsync(PrivatePathOf(name));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredFile> ListPrivateAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        var folder = new DirectoryInfo(Path.Combine(root, PrivateFileName.Folder));
        if (!folder.Exists)
        {
            yield break;
        }
        foreach (var file in folder.EnumerateFiles().Where(x => PrivateFileName.Is(x.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // It may have been removed meanwhile.
            if (file.Exists)
            {
                yield return new StoredFile(file.Name, file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    /// <inheritdoc/>
    public int ClearUnfinished(DateTime before) => unfinished.Clear(before);

    /// <inheritdoc/>
    public FileStream NewUpload() => unfinished.NewFile();

    private static FileStream? OpenAt(string path)
    {
        try
        {
            return new FileStream(
                path,
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

    private string PrivatePathOf(string name) => Path.Combine(root, PrivateFileName.PathOf(name));

    private string PathOf(string name) =>
        MediaFileName.Is(name)
            ? Path.Combine(root, MediaFileName.FolderOf(name), name)
            : throw new ArgumentException("It is no name of a stored file.", nameof(name));
}
