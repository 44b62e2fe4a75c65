using System.Security.Cryptography;

namespace Pamps.Auth;

/// <summary>Keeps a generated <see cref="PampsAuthOptions.SecretKey"/> where none was set.</summary>
public static class SecretKeyFile
{
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
        if (!File.Exists(path))
        {
            // Written aside and then moved into place, so that nobody ever reads half a key.
            var draft = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var writer = new StreamWriter(draft, options))
            {
                writer.WriteLine(NewKey());
                writer.Flush();
                ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllText(path).Trim();
    }
}
