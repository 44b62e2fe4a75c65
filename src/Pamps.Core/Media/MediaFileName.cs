using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;

namespace Pamps.Core.Media;

/// <summary>
/// The names of stored files: the hash of what is in them, and their kind. So the same bytes have one name, a name is for good, and
/// nobody guesses one.
/// </summary>
public static class MediaFileName
{
    private const int HashLength = 64;
    private const string Folder = "/media/files/";

    /// <summary>What is served, and as what. Nothing else ever is: none of these runs in a browser.</summary>
    public static FrozenDictionary<string, string> Types { get; } =
        new Dictionary<string, string>
        {
            ["jpg"] = "image/jpeg",
            ["png"] = "image/png",
            ["webp"] = "image/webp",
            ["mp4"] = "video/mp4",
            ["mp3"] = "audio/mpeg",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The folders that files are in, each the first two letters of their names; in their order.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [.. Enumerable.Range(0, 256).Select(x => x.ToString("x2", CultureInfo.InvariantCulture))];

    /// <summary>The name of a file that holds this.</summary>
    public static string Of(MadeFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return $"{Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span))}.{file.Extension}";
    }

    /// <summary>Whether this is the name of a stored file, and so safe as a part of a path.</summary>
    public static bool Is(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > HashLength + 1
            && name[HashLength] == '.'
            && Types.ContainsKey(name[(HashLength + 1)..])
            && name.AsSpan(0, HashLength).IndexOfAnyExcept(LowerHex) < 0;
    }

    /// <summary>Whether a file is what its name says, read from where it is to its end.</summary>
    public static async Task<bool> IsOfAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
            }
            return HasHash(name, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether a name is that of files with this SHA-256.</summary>
    public static bool HasHash(string name, byte[] hash)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Convert.ToHexStringLower(hash), StringComparison.Ordinal);
    }

    /// <summary>The media type of a file of this name.</summary>
    public static string TypeOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Types[name[(HashLength + 1)..]];
    }

    /// <summary>Where a file of this name is read, at its own server.</summary>
    public static string AddressOf(string name) => Folder + name;

    /// <summary>The name of the file that is read at this address of its own server; null for any other address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="origin">The files' own host, where they have one (<see cref="MediaOptions.Origin"/>).</param>
    public static string? NameIn(string address, string? origin = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (origin is not null && address.StartsWith(origin, StringComparison.Ordinal))
        {
            address = address[origin.Length..];
        }
        return address.StartsWith(Folder, StringComparison.Ordinal) && Is(address[Folder.Length..])
            ? address[Folder.Length..]
            : null;
    }

    /// <summary>The folder that a file of this name is in.</summary>
    public static string FolderOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[..2];
    }

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
}
