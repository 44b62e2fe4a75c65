namespace Pamps.Core.Media;

/// <summary>A folder on this machine for what is received, and for what is written until it is whole; for its owner only.</summary>
/// <param name="root">The folder in which it is; it is made when the first file is.</param>
public sealed class UnfinishedFiles(string root)
{
    private string Folder => Path.Combine(root, "unfinished");

    /// <summary>The path of a file that is not there.</summary>
    public string NewPath()
    {
        OwnerOnly.MakeFolder(root);
        OwnerOnly.MakeFolder(Folder);
        return Path.Combine(Folder, Guid.NewGuid().ToString("N"));
    }

    /// <summary>A new file, which is gone when it is closed.</summary>
    public FileStream NewFile() => new(NewPath(), Options(FileOptions.DeleteOnClose));

    /// <summary>Takes away those, and folders beside them, that were last written before that moment; answers how many there were.</summary>
    public int Clear(DateTime before)
    {
        var folder = new DirectoryInfo(Folder);
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
        foreach (var work in folder.EnumerateDirectories().Where(x => x.LastWriteTimeUtc < before))
        {
            work.Delete(recursive: true);
            cleared++;
        }
        return cleared;
    }

    /// <summary>How a new file is opened there.</summary>
    internal static FileStreamOptions Options(FileOptions options) =>
        OwnerOnly.Of(
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                // It is read by its name while it is open.
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | options,
            }
        );
}
