using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>invitation</c>: so many may register with it until it ends. Its code follows from its id.</summary>
internal sealed class InvitationRow
{
    public long Id { get; set; }

    /// <summary>Who made it; null for the operator.</summary>
    public long? UserId { get; set; }
    public int Uses { get; set; }
    public int Used { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime ExpiresAt { get; set; }
}

internal sealed class InvitationTable : IEntityTypeConfiguration<InvitationRow>
{
    public void Configure(EntityTypeBuilder<InvitationRow> table)
    {
        table.ToTable("invitation", x => x.HasCheckConstraint("ck_invitation_used", "used <= uses"));
        table.HasKey(x => x.Id).HasName("pk_invitation");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Uses).HasColumnName("uses");
        table.Property(x => x.Used).HasColumnName("used");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.ExpiresAt).HasColumnName("expires_at");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_invitation_user")
            .OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_invitation_user");
        table.HasIndex(x => x.ExpiresAt).HasDatabaseName("ix_invitation_expires_at");
    }
}
