using System.Security.Cryptography;

namespace Pamps.Core.Media;

/// <summary>
/// Files that are one person's and that no address leads to: archives of accounts, and what people bring from elsewhere. They lie where
/// those of pictures do, apart from them and under names of another kind, and so are served by nobody but who asks the database first.
/// </summary>
public interface IPrivateFiles
{
    /// <summary>Keeps a file; who finds it finds it whole.</summary>
    /// <param name="name">Its name, as <see cref="PrivateFileName.New"/> makes it.</param>
    /// <param name="writeAsync">Writes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    Task<long> PutPrivateAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    );

    /// <summary>The file, which can be read from any place, asynchronously only; null when it is not there.</summary>
    Task<Stream?> OpenPrivateAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes the file away, if it is there.</summary>
    Task RemovePrivateAsync(string name, CancellationToken cancellationToken);

    /// <summary>The files that are there.</summary>
    IAsyncEnumerable<StoredFile> ListPrivateAsync(CancellationToken cancellationToken);

    /// <summary>A new file on this machine to work with, which is gone when it is closed.</summary>
    FileStream NewUpload();

    /// <summary>Likewise one that has no name any more, so that it is gone, too, when this program is ended.</summary>
    FileStream NewScratch()
    {
        var file = NewUpload();
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Some systems keep the name as long as it is open.
        }
        return file;
    }
}

/// <summary>The names of private files: nobody guesses one, and none is that of a picture.</summary>
public static class PrivateFileName
{
    /// <summary>The folder that they are in.</summary>
    public const string Folder = "private";

    private const int Length = 32;

    /// <summary>A name that no file has.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>Whether this is the name of one, and so safe as a part of a path.</summary>
    public static bool Is(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == Length && name.All(char.IsAsciiHexDigitLower);
    }

    internal static string Checked(string name) =>
        Is(name) ? name : throw new ArgumentException("It is no name of a private file.", nameof(name));

    /// <summary>Where in the place of all files it is.</summary>
    public static string PathOf(string name) => $"{Folder}/{Checked(name)}";
}
