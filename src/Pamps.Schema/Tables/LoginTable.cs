using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>login</c>: one sign-in with a password, and every token that descends from it.
/// When the row goes, those tokens open nothing any more.
/// </summary>
internal sealed class LoginRow
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The <c>jti</c> of the one refresh token that has not been used yet.</summary>
    public required string RefreshJti { get; set; }

    /// <summary>
    /// The <c>jti</c> that a browser's refresh replaced, at <see cref="LastUsedAt"/>: a second tab may show it a
    /// moment later. Null after a refresh that allows no such thing.
    /// </summary>
    public string? PreviousJti { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime ExpiresAt { get; set; }

    /// <summary>When its refresh token was last used; null until then.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>The program that signed in, in its own words (the User-Agent header), for its owner to know it by.</summary>
    public string? Client { get; set; }
}

internal sealed class LoginTable : IEntityTypeConfiguration<LoginRow>
{
    public void Configure(EntityTypeBuilder<LoginRow> table)
    {
        table.ToTable("login");
        table.HasKey(x => x.Id).HasName("pk_login");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.RefreshJti).HasColumnName("refresh_jti").HasMaxLength(64);
        table.Property(x => x.PreviousJti).HasColumnName("previous_jti").HasMaxLength(64);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.ExpiresAt).HasColumnName("expires_at");
        table.Property(x => x.LastUsedAt).HasColumnName("last_used_at");
        table.Property(x => x.Client).HasColumnName("client").HasMaxLength(200);
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_login_user");
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_login_user");
        table.HasIndex(x => x.ExpiresAt).HasDatabaseName("ix_login_expires_at");
    }
}
