using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>job</c>: work that is to be done after the transaction that asked for it.</summary>
internal sealed class JobRow
{
    public long Id { get; set; }
    public required string Kind { get; set; }

    /// <summary>Of the same kind and key there is one job at a time that has not failed; null where there may be many.</summary>
    public string? Key { get; set; }
    public string? Payload { get; set; }
    public DateTime RunAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Until when it belongs to the instance that runs it; null when nobody does.</summary>
    public DateTime? LockedUntil { get; set; }

    /// <summary>What went wrong the last time.</summary>
    public string? Error { get; set; }

    /// <summary>When it was given up; it is kept to be shown, and run again by hand.</summary>
    public DateTime? FailedAt { get; set; }
}

internal sealed class JobTable : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> table)
    {
        table.ToTable("job");
        table.HasKey(x => x.Id).HasName("pk_job");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Kind).HasColumnName("kind").HasMaxLength(64);
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(200);
        table.Property(x => x.Payload).HasColumnName("payload");
        table.Property(x => x.RunAt).HasColumnName("run_at");
        table.Property(x => x.Attempts).HasColumnName("attempts");
        table.Property(x => x.LockedUntil).HasColumnName("locked_until");
        table.Property(x => x.Error).HasColumnName("error");
        table.Property(x => x.FailedAt).HasColumnName("failed_at");
        table
            .HasIndex(x => new { x.Kind, x.Key }, "ux_job_key")
            .IsUnique()
            .HasFilter("key IS NOT NULL AND failed_at IS NULL");
        table.HasIndex(x => x.RunAt, "ix_job_due").HasFilter("failed_at IS NULL");
        table.HasIndex(x => x.Id, "ix_job_failed").HasFilter("failed_at IS NOT NULL");
        // Work that is due in one database is not due in a copy of it.
        table.StaysBehind();
    }
}
