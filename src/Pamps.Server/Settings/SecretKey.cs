using System.Security.Cryptography;

namespace Pamps.Server.Settings;

/// <summary>The key that signs tokens: the one that was set, or one made once and kept in the data folder.</summary>
internal static class SecretKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new random key of 64 bytes, in hexadecimal.</summary>
    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(64));

    /// <summary>The key in the data folder, which is made when it is missing.</summary>
    public static string ReadOrMake(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "secret.key");
        if (!File.Exists(path))
        {
            // Written aside and then linked into place: of two processes that start at once, both use the first key.
            var draft = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }
            using (var writer = new StreamWriter(draft, options))
            {
                writer.WriteLine(Make());
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
