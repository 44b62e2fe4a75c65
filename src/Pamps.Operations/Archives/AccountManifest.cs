using System.Text.Json.Serialization;
using Pamps.Core;
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
public sealed record AccountManifest(
    string Kind,
    int Format,
    string Version,
    DateTime MadeAt,
    string Username,
    long Posts,
    long Likes,
    long Following,
    long Followers
)
{
    internal const string AccountKind = "pamps-account";
    internal const int CurrentFormat = 1;
    internal const string ActorName = "actor.json";
    internal const string OutboxName = "outbox.json";
    internal const string LikedName = "liked.json";
    internal const string FollowingName = "following.json";
    internal const string FollowersName = "followers.json";

    /// <summary>Every file but the checksums.</summary>
    internal static readonly string[] Files =
    [
        BackupFile.ManifestName,
        ActorName,
        OutboxName,
        LikedName,
        FollowingName,
        FollowersName,
    ];
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true
)]
[JsonSerializable(typeof(AccountManifest))]
internal sealed partial class AccountManifestJson : JsonSerializerContext;
