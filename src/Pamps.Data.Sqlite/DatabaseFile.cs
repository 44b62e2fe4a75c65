using Pamps.Core;

namespace Pamps.Data.Sqlite;

/// <summary>Who on the machine may read the file of a database: addresses, hashes of passwords and private posts are in it.</summary>
public static class DatabaseFile
{
    /// <summary>
    /// Whether others than its owner may read or write it; a file in a folder that others cannot enter is out of their reach. The
    /// log beside it has the same mode, which SQLite gives it.
    /// </summary>
    /// <param name="path">The file; one that is missing is nobody's.</param>
    public static bool IsOpenToOthers(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return false;
        }
        const UnixFileMode group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        var file = File.GetUnixFileMode(path);
        var folder = File.GetUnixFileMode(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return ((file & group) != 0 && folder.HasFlag(UnixFileMode.GroupExecute))
            || ((file & others) != 0 && folder.HasFlag(UnixFileMode.OtherExecute));
    }

    /// <summary>Makes the file for its owner only, unless it is there: SQLite would make it as the process makes any.</summary>
    /// <returns>The path.</returns>
    internal static string Make(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                OpenForOwner(path, FileMode.CreateNew).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process was faster, or SQLite says what is wrong.
            }
        }
        return path;
    }

    /// <summary>Opens a file for this process alone; one that it makes is for its owner only.</summary>
    internal static FileStream OpenForOwner(string path, FileMode mode) =>
        new(
            path,
            OwnerOnly.Of(
                new FileStreamOptions
                {
                    Mode = mode,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                }
            )
        );
}
