using Pamps.Api.Users;
using Pamps.Core.Users;

namespace Pamps.Api.Invitations;

/// <param name="Uses">How many may register with it.</param>
/// <param name="Days">How many days it is good.</param>
internal sealed record InvitationRequest(int Uses = 1, int Days = 7);

/// <summary>An invitation of one's own.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">What somebody registers with.</param>
/// <param name="Link">The page where somebody does; null where the site's address is not set.</param>
/// <param name="Uses">How many may.</param>
/// <param name="Used">How many have.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
internal sealed record InvitationResponse(
    long Id,
    string Code,
    string? Link,
    int Uses,
    int Used,
    DateTime CreatedAt,
    DateTime ExpiresAt
)
{
    public static Func<InvitationView, InvitationResponse> At(string? origin) =>
        x =>
            new(
                x.Id,
                x.Code,
                origin is null ? null : x.LinkAt(origin),
                x.Uses,
                x.Used,
                x.CreatedAt,
                x.ExpiresAt
            );

    /// <summary>Leaves the code out of logs and messages.</summary>
    public override string ToString() => nameof(InvitationResponse);
}

/// <summary>An invitation that one was given.</summary>
/// <param name="By">Who invites; null for who runs the site.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
internal sealed record GivenInvitationResponse(UserResponse? By, DateTime ExpiresAt)
{
    public static GivenInvitationResponse From(GivenInvitationView x) =>
        new(x.By is null ? null : UserResponse.From(x.By), x.ExpiresAt);
}
