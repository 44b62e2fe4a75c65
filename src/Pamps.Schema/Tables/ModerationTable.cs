using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>moderation</c>: what a moderator did to somebody, which they are told.</summary>
internal sealed class ModerationRow
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The id of the moderator, who may have left since; 0 for the operator.</summary>
    public long ActorId { get; set; }
    public short Kind { get; set; }

    /// <summary>The report that led to it, which may be gone; or null.</summary>
    public long? ReportId { get; set; }

    /// <summary>What the moderator says to the person.</summary>
    public string? Message { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>When the person took notice.</summary>
    public DateTime? SeenAt { get; set; }

    /// <summary>What the person says against it.</summary>
    public string? Appeal { get; set; }
    public DateTime? AppealedAt { get; set; }

    /// <summary>When a moderator decided on that; null while none has.</summary>
    public DateTime? AppealClosedAt { get; set; }

    /// <summary>Whether the person was right.</summary>
    public bool AppealAccepted { get; set; }
}

internal sealed class ModerationTable : IEntityTypeConfiguration<ModerationRow>
{
    public void Configure(EntityTypeBuilder<ModerationRow> table)
    {
        table.ToTable("moderation");
        table.HasKey(x => x.Id).HasName("pk_moderation");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.ActorId).HasColumnName("actor_id");
        table.Property(x => x.Kind).HasColumnName("kind");
        table.Property(x => x.ReportId).HasColumnName("report_id");
        table.Property(x => x.Message).HasColumnName("message");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.SeenAt).HasColumnName("seen_at");
        table.Property(x => x.Appeal).HasColumnName("appeal");
        table.Property(x => x.AppealedAt).HasColumnName("appealed_at");
        table.Property(x => x.AppealClosedAt).HasColumnName("appeal_closed_at");
        table.Property(x => x.AppealAccepted).HasColumnName("appeal_accepted").HasDefaultValue(false);
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_moderation_user")
            .OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(x => new { x.UserId, x.Id }, "ix_moderation_user");
        table
            .HasIndex(x => x.Id, "ix_moderation_appeal")
            .HasFilter("appealed_at IS NOT NULL AND appeal_closed_at IS NULL");
        table.HasIndex(x => new { x.UserId, x.Id }, "ix_moderation_unseen").HasFilter("seen_at IS NULL");
    }
}
