using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>account</c>: what only a person of this server has. None of it is shown to others, so that reads of people
/// never come near it.
/// </summary>
internal sealed class AccountRow
{
    public long UserId { get; set; }
    public required string Email { get; set; }
    public required string EmailKey { get; set; }

    /// <summary>When a link that was sent to the address was opened; null when none was.</summary>
    public DateTime? EmailConfirmedAt { get; set; }

    /// <summary>Whether the person posts only when <see cref="EmailConfirmedAt"/> says something.</summary>
    public bool EmailNeeded { get; set; }

    /// <summary>The password's hash, as ASP.NET Core Identity writes it.</summary>
    public required string Password { get; set; }
    public bool Superuser { get; set; }

    /// <summary>What the person is to the site, where <see cref="Superuser"/>, which decides, goes with it.</summary>
    public short Role { get; set; }

    /// <summary>Notifications up to this id have been read.</summary>
    public long NotificationsRead { get; set; }

    /// <summary>How many bytes the person's pictures have.</summary>
    public long MediaBytes { get; set; }

    /// <summary>The id of who invited the person, who may have left since; null when it was nobody, or the operator.</summary>
    public long? InvitedBy { get; set; }

    /// <summary>Another number after each change of the person's filters; 0 while there are none.</summary>
    public long FiltersVersion { get; set; }

    /// <summary>Whether the person has ever bookmarked a post: only then lists look for bookmarks.</summary>
    public bool HasBookmarks { get; set; }
}

internal sealed class AccountTable : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> table)
    {
        table.ToTable("account");
        table.HasKey(x => x.UserId).HasName("pk_account");
        table.Property(x => x.UserId).HasColumnName("user_id").ValueGeneratedNever();
        table.Property(x => x.Email).HasColumnName("email").HasMaxLength(254);
        table.Property(x => x.EmailKey).HasColumnName("email_key").HasMaxLength(254);
        table.Property(x => x.EmailConfirmedAt).HasColumnName("email_confirmed_at");
        table.Property(x => x.EmailNeeded).HasColumnName("email_needed").HasDefaultValue(false);
        table.Property(x => x.Password).HasColumnName("password").HasMaxLength(256);
        table.Property(x => x.Superuser).HasColumnName("superuser").HasDefaultValue(false);
        table.Property(x => x.Role).HasColumnName("role").HasDefaultValue((short)0);
        table.Property(x => x.NotificationsRead).HasColumnName("notifications_read").HasDefaultValue(0L);
        table.Property(x => x.MediaBytes).HasColumnName("media_bytes").HasDefaultValue(0L);
        table.Property(x => x.InvitedBy).HasColumnName("invited_by");
        table.Property(x => x.FiltersVersion).HasColumnName("filters_version").HasDefaultValue(0L);
        table.Property(x => x.HasBookmarks).HasColumnName("has_bookmarks").HasDefaultValue(false);
        table.HasIndex(x => x.EmailKey).IsUnique().HasDatabaseName("ux_account_email_key");
        table.HasIndex(x => x.UserId, "ix_account_superuser").HasFilter("superuser");
        table.HasIndex(x => x.UserId, "ix_account_filters").HasFilter("filters_version > 0");
        table
            .HasOne<UserRow>()
            .WithOne()
            .HasForeignKey<AccountRow>(x => x.UserId)
            .HasConstraintName("fk_account_user")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
