using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>Keeps a generated <see cref="PampsAuthOptions.SecretKey"/> where none was set.</summary>
public static class SecretKeyFile
{
    private const int MaxTries = 100;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Draws a key that is long enough for every algorithm.</summary>
    /// <returns>64 random bytes in hexadecimal.</returns>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(64));

    /// <summary>Reads the key in a file, which is made when missing and then is its owner's only.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The key. Processes that start at once all get the same.</returns>
    /// <exception cref="IOException">The file can neither be read nor made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read or make it.</exception>
    public static string ReadOrMake(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } key)
                {
                    return key;
                }
                Fill(path);
            }
            catch (IOException) when (attempt < MaxTries && File.Exists(path))
            {
                // Another process holds the file: it is just writing its key.
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>
    /// Writes a key, unless there is one by now. Nobody else can open the file meanwhile, and one that a killed
    /// process left empty is filled by the next.
    /// </summary>
    private static void Fill(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using var file = new FileStream(path, options);
        if (file.Length == 0)
        {
            file.Write(Encoding.ASCII.GetBytes(NewKey() + "\n"));
            file.Flush(flushToDisk: true);
        }
    }
}
