namespace Pamps.Core;

/// <summary>Files and folders that nobody else on the machine may read. On Windows they are as their folder says.</summary>
public static class OwnerOnly
{
    private const UnixFileMode Reads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder, unless it is there.</summary>
    /// <param name="folder">Its path; folders above it are made as the process makes any.</param>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Reads | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Has a file that is made with these options be its owner's alone; one that is there stays as it is.</summary>
    /// <param name="options">Must allow writing.</param>
    /// <returns>The same options.</returns>
    public static FileStreamOptions Of(FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Reads;
        }
        return options;
    }
}
