using Pamps.Core.Users;

namespace Pamps.Api.Sessions;

internal sealed record SessionResponse(
    long Id,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    DateTime? LastUsedAt,
    string? Client,
    bool Current,
    ProgramResponse? Program
)
{
    public static SessionResponse From(LoginView x) =>
        new(
            x.Id,
            x.CreatedAt,
            x.ExpiresAt,
            x.LastUsedAt,
            x.Client,
            x.IsCurrent,
            ProgramResponse.From(x.Program)
        );
}

/// <summary>A program that was let in.</summary>
internal sealed record ProgramResponse(string Name, string? Website, IReadOnlyList<string> Scopes)
{
    public static ProgramResponse? From(ProgramView? x) =>
        x is null ? null : new(x.Name, x.Website, x.Scopes);
}
