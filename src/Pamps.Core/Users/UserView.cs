using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Text;

namespace Pamps.Core.Users;

/// <summary>A user as anyone sees them.</summary>
/// <param name="Id">The id, which grows with the time of registration.</param>
/// <param name="Username">The name, as its owner writes it.</param>
/// <param name="Avatar">The path of a picture at this server, or null; to its owner also an https address that was not copied yet.</param>
/// <param name="Bio">A few words about them, or null.</param>
/// <param name="DisplayName">The name that they give themselves, which others may have too; or null.</param>
public sealed record UserView(long Id, string Username, string? Avatar, string? Bio, string? DisplayName)
{
    /// <summary>Whether they wait to be approved; told to who registers.</summary>
    public bool Waits { get; init; }
}

/// <summary>A user's profile for a viewer.</summary>
/// <param name="User">The user.</param>
/// <param name="CreatedAt">When the account was made, UTC.</param>
/// <param name="PostsCount">How many posts and replies of theirs everybody may see.</param>
/// <param name="FollowersCount">How many follow them.</param>
/// <param name="FollowingCount">How many they follow.</param>
/// <param name="Locked">Whether who wants to follow them has to ask.</param>
/// <param name="Fields">What else they show of themselves.</param>
/// <param name="Header">The wide picture above the profile, or null.</param>
/// <param name="Relation">What is between the viewer and them; null when nobody is signed in.</param>
public sealed record ProfileView(
    UserView User,
    DateTime CreatedAt,
    long PostsCount,
    long FollowersCount,
    long FollowingCount,
    bool Locked,
    FieldsJson Fields,
    MediaView? Header,
    RelationView? Relation
);

/// <summary>What is between a viewer and another user.</summary>
/// <param name="Followed">Whether the viewer follows them.</param>
/// <param name="Requested">Whether the viewer has asked to follow them, and has no answer yet.</param>
/// <param name="FollowsYou">Whether they follow the viewer.</param>
/// <param name="Blocked">Whether the viewer blocks them.</param>
/// <param name="Muted">Whether the viewer has muted them.</param>
public sealed record RelationView(bool Followed, bool Requested, bool FollowsYou, bool Blocked, bool Muted);

/// <summary>The viewer's own profile.</summary>
/// <param name="Profile">What others see too.</param>
/// <param name="Email">The e-mail address, which nobody else is ever told.</param>
/// <param name="MediaBytes">How many bytes their pictures have.</param>
/// <param name="HasNotices">Whether a moderator did something to them of which they have not taken notice.</param>
/// <param name="EmailNeeded">Whether they are to confirm their address before they post.</param>
public sealed record OwnProfileView(
    ProfileView Profile,
    string Email,
    long MediaBytes,
    bool HasNotices,
    bool EmailNeeded
);

/// <summary>An account as superusers and the operator see it.</summary>
/// <param name="User">The user.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Superuser">Whether it is a superuser's.</param>
/// <param name="Active">Whether it can sign in.</param>
/// <param name="Role">What its owner is to the site.</param>
public sealed record AccountView(UserView User, string Email, bool Superuser, bool Active, Role Role);

internal static class UserRows
{
    public const string Columns = "u.id, u.username, u.avatar, u.bio, u.display_name";

    /// <summary>Reads a user whose columns begin after the key of a <see cref="SqlList{T}"/>.</summary>
    public static UserView Read(DbDataReader row) => ReadAt(row, 1);

    /// <summary>Reads a user whose columns begin there, for others or for themselves.</summary>
    public static UserView ReadAt(DbDataReader row, int first, bool isOwn = false) =>
        new(
            row.GetInt64(first),
            row.GetString(first + 1),
            isOwn ? row.GetOwnAvatar(first + 2) : row.GetAvatar(first + 2),
            row.GetStringOrNull(first + 3),
            row.GetStringOrNull(first + 4)
        );

    /// <summary>
    /// The path of a picture at this server; null also for an address elsewhere, which no reader's browser is to ask: it is copied first
    /// (<see cref="FetchAvatar"/>).
    /// </summary>
    public static string? GetAvatar(this DbDataReader row, int column) =>
        row.GetStringOrNull(column) is { } avatar && MediaFileName.Is(avatar)
            ? MediaFileName.AddressOf(avatar)
            : null;

    /// <summary>What its owner is told: also the address that they gave, until it is copied.</summary>
    private static string? GetOwnAvatar(this DbDataReader row, int column) =>
        row.GetAvatar(column)
        ?? (row.GetStringOrNull(column) is { } address && WebAddress.IsPublic(address) ? address : null);

    /// <summary>
    /// The condition that the user <c>u</c> is in lists for the viewer: they have not left, and neither blocks the other.
    /// </summary>
    public static string Shown(Viewer? viewer) =>
        viewer is null ? UserSql.IsSeen : $"{UserSql.IsSeen} AND {BlockSql.NoneBetween("@viewer", "u.id")}";

    /// <summary>
    /// The condition that the user <c>u</c> is not silenced for the viewer: who follows them, and they themselves, see them everywhere.
    /// </summary>
    /// <remarks>
    /// No CASE, which PostgreSQL takes to hold for half of the rows and would read a list whole for; nor EXISTS, for which it would gather
    /// all whom the viewer follows beforehand.
    /// </remarks>
    public static string Heard(Viewer? viewer) =>
        viewer is null
            ? "u.silenced_at IS NULL"
            : """
                (u.silenced_at IS NULL OR u.id = @viewer
                    OR (SELECT 1 FROM social f WHERE f."from" = @viewer AND f."to" = u.id) = 1)
                """;

    /// <summary>The condition that strangers are told of the user <c>u</c>, where people are looked for.</summary>
    public static string Found(Viewer? viewer) => $"{Shown(viewer)} AND {Heard(viewer)}";

    public static (string, object?)[] Parameters(Viewer? viewer) =>
        viewer is null ? [] : [("viewer", viewer.Id)];

    /// <summary>A list of users for a viewer.</summary>
    public static SqlList<UserView> List(Viewer? viewer, string from, string idColumn, string? of = null) =>
        new(Columns, from, Shown(viewer), idColumn, Read, of);
}
