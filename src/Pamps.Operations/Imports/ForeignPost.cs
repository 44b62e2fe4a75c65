using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pamps.Core;

namespace Pamps.Operations.Imports;

/// <summary>A post as it was written elsewhere. Nothing of it was checked.</summary>
/// <param name="Key">What it is called there; the same in every archive.</param>
/// <param name="Date">When it was written, UTC.</param>
/// <param name="Text">Its text, plain.</param>
/// <param name="ParentKey">What that is called there which it replies to; null for none.</param>
/// <param name="Visibility">Who might see it there.</param>
/// <param name="Pictures">What it shows, in its order.</param>
internal sealed record ForeignPost(
    string Key,
    DateTime Date,
    string Text,
    string? ParentKey,
    Visibility Visibility,
    IReadOnlyList<ForeignPicture> Pictures
)
{
    /// <summary>So many pictures are looked at; more than any has that one can write there.</summary>
    public const int MostPictures = 20;

    /// <summary>Whether what it shows was covered there.</summary>
    public bool Sensitive { get; init; }

    /// <summary>The id that it has on this server if it is from here; null where it is not of this kind.</summary>
    public long? NativeId { get; init; }
}

/// <summary>A picture, or video or audio, of a post.</summary>
/// <param name="File">The name of its file in the archive; null when that is not known.</param>
/// <param name="Description">What is to be seen on it.</param>
/// <param name="Focus">The point that stays when it is cropped, as <c>x,y</c>.</param>
internal sealed record ForeignPicture(string? File, string? Description, string? Focus = null);

/// <summary>What stands at an item of an archive: the beginning of a post, or why it is none that is taken.</summary>
/// <param name="Key">What it is called there; null when that is not known.</param>
/// <param name="Date">When it was written, UTC.</param>
/// <param name="LeftOut">Why it is left out; null when it is not.</param>
internal readonly record struct ForeignItem(string? Key, DateTime Date, string? LeftOut);

/// <summary>The posts of an archive of some kind.</summary>
internal interface IForeignPosts
{
    /// <summary>The kind, in a word.</summary>
    string Source { get; }

    /// <summary>The files that hold posts, each with the property that is the array; null where the file is the array.</summary>
    IReadOnlyList<(string File, string? Property)> Files { get; }

    /// <summary>The file of the addresses of posts that were bookmarked, likewise; null for none that is taken.</summary>
    (string File, string? Property)? Bookmarks { get; }

    /// <summary>Files of what is not taken, likewise, with the reason.</summary>
    IReadOnlyList<(string File, string? Property, string Reason)> Others { get; }

    /// <summary>Looks at an item.</summary>
    /// <exception cref="System.Text.Json.JsonException">It has another form.</exception>
    ForeignItem Look(ReadOnlySpan<byte> item);

    /// <summary>Reads an item that is a post.</summary>
    /// <exception cref="System.Text.Json.JsonException">It has another form.</exception>
    ForeignPost Read(ReadOnlySpan<byte> item);
}

/// <summary>How posts of elsewhere are known again.</summary>
internal static class Origin
{
    /// <summary>A number for what a post is called there: two of one person's that have the same are as good as none.</summary>
    public static long Of(string source, string key) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{key}")));
}
