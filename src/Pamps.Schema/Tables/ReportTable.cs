using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>report</c>: somebody told the moderators of a person.</summary>
internal sealed class ReportRow
{
    public long Id { get; set; }

    /// <summary>Who told; null when they are gone.</summary>
    public long? ReporterId { get; set; }

    /// <summary>Of whom.</summary>
    public long UserId { get; set; }
    public short Category { get; set; }
    public string? Text { get; set; }

    /// <summary>The number of the rule that is broken; null where none is named.</summary>
    public short? Rule { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>When a moderator was done with it; null while it is open.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>The id of who that was, who may have left since; 0 for the operator.</summary>
    public long? ClosedBy { get; set; }

    /// <summary>Whether nothing was to be done.</summary>
    public bool Dismissed { get; set; }
}

internal sealed class ReportTable : IEntityTypeConfiguration<ReportRow>
{
    public void Configure(EntityTypeBuilder<ReportRow> table)
    {
        table.ToTable("report");
        table.HasKey(x => x.Id).HasName("pk_report");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.ReporterId).HasColumnName("reporter_id");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Category).HasColumnName("category");
        table.Property(x => x.Text).HasColumnName("text");
        table.Property(x => x.Rule).HasColumnName("rule");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.ClosedAt).HasColumnName("closed_at");
        table.Property(x => x.ClosedBy).HasColumnName("closed_by");
        table.Property(x => x.Dismissed).HasColumnName("dismissed").HasDefaultValue(false);
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.ReporterId)
            .HasConstraintName("fk_report_reporter")
            .OnDelete(DeleteBehavior.SetNull);
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_report_user")
            .OnDelete(DeleteBehavior.Cascade);
        // Whoever tells again of the same while nobody has looked adds nothing.
        table
            .HasIndex(x => new { x.ReporterId, x.UserId }, "ux_report_open_of_reporter")
            .IsUnique()
            .HasFilter("closed_at IS NULL");
        table.HasIndex(x => x.ReporterId, "ix_report_reporter");
        table.HasIndex(x => new { x.UserId, x.Id }, "ix_report_user");
        table.HasIndex(x => x.Id, "ix_report_open").HasFilter("closed_at IS NULL");
        table.HasIndex(x => x.ClosedAt, "ix_report_closed_at").HasFilter("closed_at IS NOT NULL");
    }
}

/// <summary>A row of the table <c>report_post</c>: a post of a report, as it was then. The post itself may be gone.</summary>
internal sealed class ReportPostRow
{
    public long ReportId { get; set; }
    public long PostId { get; set; }
    public required string Text { get; set; }
    public DateTime Date { get; set; }
    public short Visibility { get; set; }
}

internal sealed class ReportPostTable : IEntityTypeConfiguration<ReportPostRow>
{
    public void Configure(EntityTypeBuilder<ReportPostRow> table)
    {
        table.ToTable("report_post");
        table.HasKey(x => new { x.ReportId, x.PostId }).HasName("pk_report_post");
        table.Property(x => x.ReportId).HasColumnName("report_id");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.Text).HasColumnName("text");
        table.Property(x => x.Date).HasColumnName("date");
        table.Property(x => x.Visibility).HasColumnName("visibility");
        table
            .HasOne<ReportRow>()
            .WithMany()
            .HasForeignKey(x => x.ReportId)
            .HasConstraintName("fk_report_post_report")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
