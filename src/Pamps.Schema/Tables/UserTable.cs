using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>user</c>: a person, of this server or of another one.</summary>
internal sealed class UserRow
{
    public long Id { get; set; }
    public required string Username { get; set; }

    /// <summary>The name in lower case: what must be unique on a server, and what a name is looked up by.</summary>
    public required string UsernameKey { get; set; }

    /// <summary>The server that the person is of; empty for this one.</summary>
    public required string Host { get; set; }
    public string? DisplayName { get; set; }

    /// <summary>The address of a picture, or the name of its file, which the person's picture in <c>media</c> has as its preview.</summary>
    public string? Avatar { get; set; }
    public string? Header { get; set; }
    public string? Bio { get; set; }

    /// <summary>Names and values that a person shows of themselves, as JSON.</summary>
    public string? Fields { get; set; }
    public bool Bot { get; set; }

    /// <summary>Whether lists for strangers may propose the person.</summary>
    public bool Discoverable { get; set; }

    /// <summary>Whether who wants to follow has to ask.</summary>
    public bool Locked { get; set; }
    public DateTime? SuspendedAt { get; set; }

    /// <summary>Since when the person is found by none but their followers.</summary>
    public DateTime? SilencedAt { get; set; }

    /// <summary>When the account of somebody who is suspended is erased unless they are restored; nobody sees them until then.</summary>
    public DateTime? EraseAt { get; set; }

    /// <summary>When the account was deleted: the row stays a while, so that nobody else takes the name.</summary>
    public DateTime? DeletedAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public long PostsCount { get; set; }
    public long FollowersCount { get; set; }
    public long FollowingCount { get; set; }
}

internal sealed class UserTable : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> table)
    {
        table.ToTable("user", x =>
            x.HasCheckConstraint(
                "ck_user_counts",
                "posts_count >= 0 AND followers_count >= 0 AND following_count >= 0"
            )
        );
        table.HasKey(x => x.Id).HasName("pk_user");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Username).HasColumnName("username").HasMaxLength(30);
        table.Property(x => x.UsernameKey).HasColumnName("username_key").HasMaxLength(30);
        // The longest name of the DNS, RFC 1035 section 2.3.4.
        table.Property(x => x.Host).HasColumnName("host").HasMaxLength(253).HasDefaultValue("");
        table.Property(x => x.DisplayName).HasColumnName("display_name").HasMaxLength(100);
        table.Property(x => x.Avatar).HasColumnName("avatar").HasMaxLength(2048);
        table.Property(x => x.Header).HasColumnName("header").HasMaxLength(2048);
        table.Property(x => x.Bio).HasColumnName("bio").HasMaxLength(500);
        table.Property(x => x.Fields).HasColumnName("fields");
        table.Property(x => x.Bot).HasColumnName("bot").HasDefaultValue(false);
        table.Property(x => x.Discoverable).HasColumnName("discoverable").HasDefaultValue(true);
        table.Property(x => x.Locked).HasColumnName("locked").HasDefaultValue(false);
        table.Property(x => x.SuspendedAt).HasColumnName("suspended_at");
        table.Property(x => x.SilencedAt).HasColumnName("silenced_at");
        table.Property(x => x.EraseAt).HasColumnName("erase_at");
        table.Property(x => x.DeletedAt).HasColumnName("deleted_at");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.PostsCount).HasColumnName("posts_count");
        table.Property(x => x.FollowersCount).HasColumnName("followers_count");
        table.Property(x => x.FollowingCount).HasColumnName("following_count");
        table.HasIndex(x => new { x.UsernameKey, x.Host }).IsUnique().HasDatabaseName("ux_user_username_key");
        table.HasIndex(x => x.DeletedAt, "ix_user_deleted_at").HasFilter("deleted_at IS NOT NULL");
        table.HasIndex(x => x.EraseAt, "ix_user_erase_at").HasFilter("erase_at IS NOT NULL");
    }
}
