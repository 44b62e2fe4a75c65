using System.Text.Json.Serialization;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Operations.Transfer;

namespace Pamps.Operations.Archives;

/// <summary>What stands in front of an archive: whose it is, and what is in it.</summary>
/// <param name="Kind">Tells the archive of an account from other files.</param>
/// <param name="Format">The version of this form of archive.</param>
/// <param name="Version">The version of Pamps that wrote it.</param>
/// <param name="MadeAt">The moment (UTC) that it shows.</param>
/// <param name="Username">Whose account it is.</param>
/// <param name="Posts">How many posts and replies are in it.</param>
/// <param name="Likes">How many likes.</param>
/// <param name="Following">How many the person follows.</param>
/// <param name="Followers">How many follow the person.</param>
/// <param name="Pictures">How many files of pictures; null in an archive of an account that shows none.</param>
/// <param name="PictureBytes">How many bytes they have together.</param>
/// <param name="PicturesMissing">How many files that posts show are not in it: they were gone or damaged, or too many.</param>
/// <param name="Bookmarks">How many bookmarks; null in an archive of an account that has none.</param>
public sealed record AccountManifest(
    string Kind,
    int Format,
    string Version,
    DateTime MadeAt,
    string Username,
    long Posts,
    long Likes,
    long Following,
    long Followers,
    long? Pictures = null,
    long? PictureBytes = null,
    long? PicturesMissing = null,
    long? Bookmarks = null
)
{
    internal const string AccountKind = "pamps-account";

    /// <summary>The form of an archive of posts without pictures; versions that take none in read it.</summary>
    internal const int FormatOfPosts = 1;

    /// <summary>The form of one with pictures.</summary>
    internal const int FormatWithPictures = 2;

    /// <summary>The form of one with bookmarks, and pictures or none.</summary>
    internal const int FormatWithBookmarks = 3;

    /// <summary>The form that an archive of that has: the first that knows of all that is in it, so that older versions read what they can.</summary>
    internal int ExpectedFormat =>
        Bookmarks is not null ? FormatWithBookmarks
        : Pictures is not null ? FormatWithPictures
        : FormatOfPosts;

    /// <summary>The most files of pictures; each costs memory when an archive is opened.</summary>
    internal const int MostPictures = 20_000;

    /// <summary>More bytes than a picture has as it is kept: pixels that nothing makes smaller.</summary>
    internal const int LargestPicture = 64 * 1024 * 1024;

    internal const string ActorName = "actor.json";
    internal const string OutboxName = "outbox.json";
    internal const string LikedName = "liked.json";
    internal const string BookmarksName = "bookmarks.json";
    internal const string FollowingName = "following.json";
    internal const string FollowersName = "followers.json";

    /// <summary>Every file but the checksums and pictures; that of bookmarks where there are any.</summary>
    internal static readonly string[] Files =
    [
        BackupFile.ManifestName,
        ActorName,
        OutboxName,
        LikedName,
        BookmarksName,
        FollowingName,
        FollowersName,
    ];

    /// <summary>Where in the archive a file of a picture is: its address at the server, without what stands before that of all.</summary>
    internal static string PathOf(string picture) => MediaFileName.AddressOf(picture)[1..];

    /// <summary>The picture whose file is at a place in the archive, or at an address; null when that is no picture's.</summary>
    internal static string? PictureAt(string? path)
    {
        var name = path?[(path.LastIndexOf('/') + 1)..] ?? "";
        return MediaFileName.Is(name) && path!.TrimStart('/') == PathOf(name) ? name : null;
    }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AccountManifest))]
internal sealed partial class AccountManifestJson : JsonSerializerContext;
