using Pamps.Auth;

namespace Pamps.Server.Settings;

/// <summary>The key that signs tokens: the one that was set, or one made once and kept in the data folder.</summary>
internal static class SecretKey
{
    /// <summary>A new random key of 64 bytes, in hexadecimal.</summary>
    public static string Make() => SecretKeyFile.NewKey();

    /// <summary>
    /// The key for who only reads, and so makes no file: the one in the data folder, else one that ends with the process. No token
    /// is given out under it.
    /// </summary>
    public static string ReadOrDraw(string dataFolder) =>
        File.Exists(FileIn(dataFolder)) ? SecretKeyFile.ReadOrMake(FileIn(dataFolder)) : Make();

    /// <summary>The key in the data folder, which is made when it is missing.</summary>
    public static string ReadOrMake(string dataFolder) => SecretKeyFile.ReadOrMake(FileIn(dataFolder));

    private static string FileIn(string dataFolder) => Path.Combine(dataFolder, "secret.key");
}
