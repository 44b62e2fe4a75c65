using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Pamps.Core.Media;

/// <summary>
/// The names of stored files: the hash of what is in them, and their kind. So the same bytes have one name, a name is for good, and
/// nobody guesses one.
/// </summary>
public static class MediaFileName
{
    private const int HashLength = 64;

    /// <summary>What is served, and as what. Nothing else ever is: none of these runs in a browser.</summary>
    public static FrozenDictionary<string, string> Types { get; } =
        new Dictionary<string, string>
        {
            ["jpg"] = "image/jpeg",
            ["png"] = "image/png",
            ["webp"] = "image/webp",
        }.ToFrozenDictionary(StringComparer.Ordinal);

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

    /// <summary>The media type of a file of this name.</summary>
    public static string TypeOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Types[name[(HashLength + 1)..]];
    }

    /// <summary>Where a file of this name is read, at its own server.</summary>
    public static string AddressOf(string name) => "/media/files/" + name;

    /// <summary>The folder that a file of this name is in.</summary>
    internal static string FolderOf(string name) => name[..2];

    private static readonly System.Buffers.SearchValues<char> LowerHex = System.Buffers.SearchValues.Create(
        "0123456789abcdef"
    );
}
