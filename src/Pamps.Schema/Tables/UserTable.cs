using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>user</c>.</summary>
internal sealed class UserRow
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

    /// <summary>Whether who wants to follow has to ask.</summary>
    public bool Locked { get; set; }
}

internal sealed class UserTable : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> table)
    {
        table.ToTable(
            "user",
            x =>
                x.HasCheckConstraint(
                    "ck_user_counts",
                    "posts_count >= 0 AND followers_count >= 0 AND following_count >= 0"
                )
        );
        table.HasKey(x => x.Id).HasName("pk_user");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Username).HasColumnName("username").HasMaxLength(30);
        table.Property(x => x.UsernameKey).HasColumnName("username_key").HasMaxLength(30);
        table.Property(x => x.Email).HasColumnName("email").HasMaxLength(254);
        table.Property(x => x.EmailKey).HasColumnName("email_key").HasMaxLength(254);
        table.Property(x => x.Avatar).HasColumnName("avatar").HasMaxLength(2048);
        table.Property(x => x.Bio).HasColumnName("bio").HasMaxLength(500);
        table.Property(x => x.Password).HasColumnName("password").HasMaxLength(256);
        table.Property(x => x.Superuser).HasColumnName("superuser");
        table.Property(x => x.Active).HasColumnName("active");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.PostsCount).HasColumnName("posts_count");
        table.Property(x => x.FollowersCount).HasColumnName("followers_count");
        table.Property(x => x.FollowingCount).HasColumnName("following_count");
        table.Property(x => x.NotificationsRead).HasColumnName("notifications_read").HasDefaultValue(0L);
        table.Property(x => x.Locked).HasColumnName("locked").HasDefaultValue(false);
        table.HasIndex(x => x.UsernameKey).IsUnique().HasDatabaseName("ux_user_username_key");
        table.HasIndex(x => x.EmailKey).IsUnique().HasDatabaseName("ux_user_email_key");
    }
}
