using Pamps.Core.Users;

namespace Pamps.Api.Sessions;

internal sealed record SessionResponse(
    long Id,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    DateTime? LastUsedAt,
    string? Client,
    bool Current
)
{
    public static SessionResponse From(LoginView x) =>
        new(x.Id, x.CreatedAt, x.ExpiresAt, x.LastUsedAt, x.Client, x.IsCurrent);
}
