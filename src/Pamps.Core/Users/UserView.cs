using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Users;

/// <summary>A user as anyone sees them.</summary>
/// <param name="Id">The id, which grows with the time of registration.</param>
/// <param name="Username">The name, as its owner writes it.</param>
/// <param name="Avatar">The URL of a picture, or null.</param>
/// <param name="Bio">A few words about them, or null.</param>
public sealed record UserView(long Id, string Username, string? Avatar, string? Bio);

/// <summary>A user's profile for a viewer.</summary>
/// <param name="User">The user.</param>
/// <param name="CreatedAt">When the account was made, UTC.</param>
/// <param name="PostsCount">How many posts and replies they wrote.</param>
/// <param name="FollowersCount">How many follow them.</param>
/// <param name="FollowingCount">How many they follow.</param>
/// <param name="Followed">Whether the viewer follows them; null when nobody is signed in.</param>
public sealed record ProfileView(
    UserView User,
    DateTime CreatedAt,
    long PostsCount,
    long FollowersCount,
    long FollowingCount,
    bool? Followed
);

/// <summary>The viewer's own profile.</summary>
/// <param name="Profile">What others see too.</param>
/// <param name="Email">The e-mail address, which nobody else is ever told.</param>
public sealed record OwnProfileView(ProfileView Profile, string Email);

/// <summary>An account as superusers and the operator see it.</summary>
/// <param name="User">The user.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Superuser">Whether it is a superuser's.</param>
/// <param name="Active">Whether it can sign in.</param>
public sealed record AccountView(UserView User, string Email, bool Superuser, bool Active);

internal static class UserRows
{
    public const string Columns = "u.id, u.username, u.avatar, u.bio";

    /// <summary>Reads a user whose columns begin after the key of a <see cref="SqlList{T}"/>.</summary>
    public static UserView Read(DbDataReader row) =>
        new(row.GetInt64(1), row.GetString(2), row.GetStringOrNull(3), row.GetStringOrNull(4));

    /// <summary>A list of users.</summary>
    public static SqlList<UserView> List(string from, string idColumn, string? of = null) =>
        new(Columns, from, "true", idColumn, Read, of);
}
