using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Pamps.Api.Media;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Blocks;
using Pamps.Core.Follows;
using Pamps.Core.Mutes;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <param name="Invitation">The code of an invitation.</param>
/// <param name="Reason">Why one wants an account, where moderators approve who registers.</param>
/// <param name="Website">What a form has in a field that people do not see, and leave empty.</param>
/// <param name="FilledInMs">For how many milliseconds a form was open.</param>
internal sealed record UserRequest(
    string? Email,
    string? Username,
    string? Password,
    string? Avatar = null,
    string? Bio = null,
    string? Invitation = null,
    string? Reason = null,
    string? Website = null,
    int? FilledInMs = null
)
{
    /// <summary>Leaves the password, the address, the reason and the invitation out of logs and messages.</summary>
    public override string ToString() => nameof(UserRequest);
}

internal record UserResponse
{
    public required long Id { get; init; }
    public required string Username { get; init; }
    public required string? Avatar { get; init; }
    public required string? Bio { get; init; }
    public required string? DisplayName { get; init; }

    public static UserResponse From(UserView x) =>
        new()
        {
            Id = x.Id,
            Username = x.Username,
            Avatar = x.Avatar,
            Bio = x.Bio,
            DisplayName = x.DisplayName,
        };
}

/// <summary>A user as everywhere, and what the profile adds.</summary>
internal record ProfileResponse : UserResponse
{
    [SetsRequiredMembers]
    protected ProfileResponse(ProfileView x)
        : base(From(x.User))
    {
        CreatedAt = x.CreatedAt;
        PostsCount = x.PostsCount;
        FollowersCount = x.FollowersCount;
        FollowingCount = x.FollowingCount;
        Locked = x.Locked;
        Fields = [.. x.Fields.Read().Select(FieldResponse.From)];
        Header = x.Header is null ? null : MediaResponse.From(x.Header);
        Followed = x.Relation?.Followed;
        Requested = x.Relation?.Requested;
        FollowsYou = x.Relation?.FollowsYou;
        Blocked = x.Relation?.Blocked;
        Muted = x.Relation?.Muted;
    }

    [JsonPropertyOrder(1)]
    public required DateTime CreatedAt { get; init; }

    [JsonPropertyOrder(1)]
    public required long PostsCount { get; init; }

    [JsonPropertyOrder(1)]
    public required long FollowersCount { get; init; }

    [JsonPropertyOrder(1)]
    public required long FollowingCount { get; init; }

    [JsonPropertyOrder(1)]
    public required bool? Followed { get; init; }

    [JsonPropertyOrder(1)]
    public required bool Locked { get; init; }

    [JsonPropertyOrder(1)]
    public required FieldResponse[] Fields { get; init; }

    [JsonPropertyOrder(1)]
    public required MediaResponse? Header { get; init; }

    [JsonPropertyOrder(1)]
    public required bool? Requested { get; init; }

    [JsonPropertyOrder(1)]
    public required bool? FollowsYou { get; init; }

    [JsonPropertyOrder(1)]
    public required bool? Blocked { get; init; }

    [JsonPropertyOrder(1)]
    public required bool? Muted { get; init; }

    public static ProfileResponse From(ProfileView x) => new(x);
}

/// <summary>One of the facts that a person shows of themselves.</summary>
internal sealed record FieldResponse(string Name, string Value)
{
    public static FieldResponse From(ProfileField x) => new(x.Name, x.Value);
}

internal sealed record FieldRequest(string? Name, string? Value)
{
    public GivenField ToGiven() => new(Name, Value);
}

/// <summary>A profile as everybody sees it, and what only its owner does.</summary>
internal sealed record OwnProfileResponse : ProfileResponse
{
    [SetsRequiredMembers]
    private OwnProfileResponse(OwnProfileView x, Core.Viewer viewer, bool isProgram)
        : base(x.Profile) =>
        (Email, Superuser, MediaBytes, Role, HasNotices, EmailNeeded) = (
            // None of what they were allowed lets programs know it.
            isProgram ? "" : x.Email,
            viewer.Superuser,
            x.MediaBytes,
            viewer.Role.ToWord(),
            x.HasNotices && !isProgram,
            x.EmailNeeded
        );

    [JsonPropertyOrder(2)]
    public required string Email { get; init; }

    [JsonPropertyOrder(2)]
    public required bool Superuser { get; init; }

    [JsonPropertyOrder(2)]
    public required long MediaBytes { get; init; }

    [JsonPropertyOrder(2)]
    public required string Role { get; init; }

    [JsonPropertyOrder(2)]
    public required bool HasNotices { get; init; }

    [JsonPropertyOrder(2)]
    public required bool EmailNeeded { get; init; }

    public static Func<OwnProfileView, OwnProfileResponse> For(SignedIn me) =>
        x => new(x, me.ToViewer(), isProgram: me.Scopes is not null);
}

/// <summary>A change of the profile: a field that is absent stays, and null clears it.</summary>
internal sealed class ProfileChange
{
    private Optional<string> displayName;
    private Optional<string> avatar;
    private Optional<long?> avatarMediaId;
    private Optional<long?> headerMediaId;
    private Optional<string> bio;
    private FieldRequest?[]? fields;
    private bool hasFields;

    public string? DisplayName
    {
        get => displayName.Value;
        set => displayName = new Optional<string>(true, value);
    }

    public string? Avatar
    {
        get => avatar.Value;
        set => avatar = new Optional<string>(true, value);
    }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? AvatarMediaId
    {
        get => avatarMediaId.Value;
        set => avatarMediaId = new Optional<long?>(true, value);
    }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? HeaderMediaId
    {
        get => headerMediaId.Value;
        set => headerMediaId = new Optional<long?>(true, value);
    }

    public string? Bio
    {
        get => bio.Value;
        set => bio = new Optional<string>(true, value);
    }

    public FieldRequest?[]? Fields
    {
        get => fields;
        set => (fields, hasFields) = (value, true);
    }

    public bool? Locked { get; set; }

    public ProfileEdit ToEdit() =>
        new()
        {
            DisplayName = displayName,
            Avatar = avatar,
            AvatarMediaId = avatarMediaId,
            HeaderMediaId = headerMediaId,
            Bio = bio,
            Fields = new(hasFields, fields?.Select(x => x?.ToGiven()).ToArray()),
            Locked = Locked,
        };
}

internal sealed record PasswordChange(string? CurrentPassword, string? NewPassword)
{
    /// <summary>Leaves the passwords out of logs and messages.</summary>
    public override string ToString() => nameof(PasswordChange);
}

internal sealed record FollowResponse(
    long From,
    long To,
    DateTime Date,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Pending = false
)
{
    public static FollowResponse Of(FollowView x) => new(x.From, x.To, x.Date, x.Pending);
}

internal sealed record BlockResponse(long From, long To, DateTime Date)
{
    public static BlockResponse Of(BlockView x) => new(x.From, x.To, x.Date);
}

/// <summary>What somebody says who deletes their account.</summary>
/// <param name="Password">Their password; needed unless the token is fresh.</param>
internal sealed record OwnDeletion(string? Password = null) : IUnroutedBody
{
    /// <summary>Leaves the password out of logs and messages.</summary>
    public override string ToString() => nameof(OwnDeletion);
}

/// <summary>How somebody is to be muted.</summary>
/// <param name="Duration">For how many seconds; until it is ended when there is none.</param>
/// <param name="Notifications">Whether notifications are hidden, too.</param>
internal sealed record MuteRequest(long? Duration = null, bool Notifications = true) : IOptionalBody;

internal sealed record MuteResponse(
    long From,
    long To,
    DateTime Date,
    DateTime? ExpiresAt,
    bool Notifications
)
{
    public static MuteResponse Of(MuteView x) => new(x.From, x.To, x.Date, x.ExpiresAt, x.Notifications);
}

/// <summary>A user as everywhere, and how they are muted.</summary>
internal sealed record MutedUserResponse : UserResponse
{
    [SetsRequiredMembers]
    private MutedUserResponse(MutedUserView x)
        : base(From(x.User)) => (ExpiresAt, Notifications) = (x.ExpiresAt, x.Notifications);

    [JsonPropertyOrder(1)]
    public required DateTime? ExpiresAt { get; init; }

    [JsonPropertyOrder(1)]
    public required bool Notifications { get; init; }

    public static MutedUserResponse From(MutedUserView x) => new(x);
}

/// <summary>What is to become of an account; what is absent stays.</summary>
/// <param name="Superuser">Whether it is an admin's, in the workshop's word; not looked at where a role is given.</param>
/// <param name="Active">Whether it can sign in.</param>
/// <param name="Role">What its owner is to the site.</param>
internal sealed record AccountChange(bool? Superuser = null, bool? Active = null, string? Role = null);

/// <summary>A user as everywhere, and what a moderator decides.</summary>
internal sealed record AccountResponse : UserResponse
{
    [SetsRequiredMembers]
    private AccountResponse(AccountView x)
        : base(From(x.User)) => (Superuser, Active, Role) = (x.Superuser, x.Active, x.Role.ToWord());

    [JsonPropertyOrder(1)]
    public required bool Superuser { get; init; }

    [JsonPropertyOrder(1)]
    public required bool Active { get; init; }

    [JsonPropertyOrder(1)]
    public required string Role { get; init; }

    public static AccountResponse From(AccountView x) => new(x);
}

/// <summary>The words for roles.</summary>
internal static class RoleWord
{
    /// <summary>What a word means; null for none.</summary>
    public static Result<Role?> Parse(string? word) =>
        word is null ? (Role?)null
        : Roles.Parse(word) is { } role ? role
        : Error.Invalid("role", "unknown_word", $"role is one of {string.Join(", ", Roles.Words)}.");
}
