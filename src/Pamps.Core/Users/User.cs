namespace Pamps.Core.Users;

/// <summary>A row of the table <c>user</c>.</summary>
internal sealed class User
{
    public long Id { get; set; }
    public required string Username { get; set; }

    /// <summary>The name in lower case: what must be unique, and what a name is looked up by.</summary>
    public required string UsernameKey { get; set; }
    public required string Email { get; set; }
    public required string EmailKey { get; set; }
    public string? Avatar { get; set; }
    public string? Bio { get; set; }

    /// <summary>The password's hash, as ASP.NET Core Identity writes it.</summary>
    public required string Password { get; set; }
    public bool Superuser { get; set; }
    public bool Active { get; set; }
    public DateTime CreatedAt { get; set; }
    public long PostsCount { get; set; }
    public long FollowersCount { get; set; }
    public long FollowingCount { get; set; }

    /// <summary>Notifications up to this id have been read.</summary>
    public long NotificationsRead { get; set; }
}
