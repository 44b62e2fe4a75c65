using Pamps.Core.Follows;
using Pamps.Core.Users;

namespace Pamps.Api.Users;

internal sealed record UserRequest(
    string? Email,
    string? Username,
    string? Password,
    string? Avatar = null,
    string? Bio = null
)
{
    /// <summary>Leaves the password and the address out of logs and messages.</summary>
    public override string ToString() => nameof(UserRequest);
}

internal sealed record UserResponse(long Id, string Username, string? Avatar, string? Bio)
{
    public static UserResponse From(UserView x) => new(x.Id, x.Username, x.Avatar, x.Bio);
}

internal sealed record ProfileResponse(
    long Id,
    string Username,
    string? Avatar,
    string? Bio,
    DateTime CreatedAt,
    long PostsCount,
    long FollowersCount,
    long FollowingCount,
    bool? Followed
)
{
    public static ProfileResponse From(ProfileView x) =>
        new(
            x.User.Id,
            x.User.Username,
            x.User.Avatar,
            x.User.Bio,
            x.CreatedAt,
            x.PostsCount,
            x.FollowersCount,
            x.FollowingCount,
            x.Followed
        );
}

internal sealed record OwnProfileResponse(
    long Id,
    string Username,
    string? Avatar,
    string? Bio,
    DateTime CreatedAt,
    long PostsCount,
    long FollowersCount,
    long FollowingCount,
    bool? Followed,
    string Email,
    bool Superuser
)
{
    public static Func<OwnProfileView, OwnProfileResponse> For(Core.Viewer viewer) =>
        x =>
            new(
                x.Profile.User.Id,
                x.Profile.User.Username,
                x.Profile.User.Avatar,
                x.Profile.User.Bio,
                x.Profile.CreatedAt,
                x.Profile.PostsCount,
                x.Profile.FollowersCount,
                x.Profile.FollowingCount,
                x.Profile.Followed,
                x.Email,
                viewer.Superuser
            );
}

/// <summary>A change of the profile: a field that is absent stays, and null clears it.</summary>
internal sealed class ProfileChange
{
    private Optional<string> avatar;
    private Optional<string> bio;

    public string? Avatar
    {
        get => avatar.Value;
        set => avatar = new Optional<string>(true, value);
    }

    public string? Bio
    {
        get => bio.Value;
        set => bio = new Optional<string>(true, value);
    }

    public (Optional<string> Avatar, Optional<string> Bio) ToChange() => (avatar, bio);
}

internal sealed record PasswordChange(string? CurrentPassword, string? NewPassword)
{
    /// <summary>Leaves the passwords out of logs and messages.</summary>
    public override string ToString() => nameof(PasswordChange);
}

internal sealed record FollowResponse(long From, long To, DateTime Date)
{
    public static FollowResponse Of(FollowView x) => new(x.From, x.To, x.Date);
}

internal sealed record AccountChange(bool? Superuser = null, bool? Active = null);

internal sealed record AccountResponse(
    long Id,
    string Username,
    string? Avatar,
    string? Bio,
    bool Superuser,
    bool Active
)
{
    public static AccountResponse From(AccountView x) =>
        new(x.User.Id, x.User.Username, x.User.Avatar, x.User.Bio, x.Superuser, x.Active);
}
