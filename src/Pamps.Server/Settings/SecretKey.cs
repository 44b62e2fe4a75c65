using System.Security.Cryptography;
using System.Text;

namespace Pamps.Server.Settings;

/// <summary>The key that signs tokens: the one that was set, or one made once and kept in the data folder.</summary>
internal static class SecretKey
{
    private const int MaxTries = 100;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new random key of 64 bytes, in hexadecimal.</summary>
    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(64));

    /// <summary>The key in the data folder, which is made when it is missing. All who start at once get the same.</summary>
    public static string ReadOrMake(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "secret.key");
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
            file.Write(Encoding.ASCII.GetBytes(Make() + "\n"));
            file.Flush(flushToDisk: true);
        }
    }
}
