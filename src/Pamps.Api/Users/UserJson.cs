using System.Text.Json.Serialization;
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

internal record UserResponse(long Id, string Username, string? Avatar, string? Bio)
{
    public static UserResponse From(UserView x) => new(x.Id, x.Username, x.Avatar, x.Bio);
}

internal record ProfileResponse : UserResponse
{
    protected ProfileResponse(ProfileView x)
        : base(From(x.User))
    {
        CreatedAt = x.CreatedAt;
        PostsCount = x.PostsCount;
        FollowersCount = x.FollowersCount;
        FollowingCount = x.FollowingCount;
        Followed = x.Followed;
    }

    [JsonPropertyOrder(1)]
    public DateTime CreatedAt { get; }

    [JsonPropertyOrder(1)]
    public long PostsCount { get; }

    [JsonPropertyOrder(1)]
    public long FollowersCount { get; }

    [JsonPropertyOrder(1)]
    public long FollowingCount { get; }

    [JsonPropertyOrder(1)]
    public bool? Followed { get; }

    public static ProfileResponse From(ProfileView x) => new(x);
}

internal sealed record OwnProfileResponse : ProfileResponse
{
    private OwnProfileResponse(OwnProfileView x, Core.Viewer viewer)
        : base(x.Profile) => (Email, Superuser) = (x.Email, viewer.Superuser);

    [JsonPropertyOrder(2)]
    public string Email { get; }

    [JsonPropertyOrder(2)]
    public bool Superuser { get; }

    public static Func<OwnProfileView, OwnProfileResponse> For(Core.Viewer viewer) => x => new(x, viewer);
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

internal sealed record AccountResponse : UserResponse
{
    private AccountResponse(AccountView x)
        : base(From(x.User)) => (Superuser, Active) = (x.Superuser, x.Active);

    [JsonPropertyOrder(1)]
    public bool Superuser { get; }

    [JsonPropertyOrder(1)]
    public bool Active { get; }

    public static AccountResponse From(AccountView x) => new(x);
}
