using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>archive</c>: somebody has asked for the archive of their account. One for each: the last.</summary>
internal sealed class ArchiveRow
{
    public long UserId { get; set; }
    public DateTime AskedAt { get; set; }

    /// <summary>How many times it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was made, or could not be; null as long as it waits.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Its file, as the private files are called; null without one, as when it could not be made or is gone.</summary>
    public string? File { get; set; }
    public long Bytes { get; set; }

    /// <summary>Why it could not be made, in a word; null where it could.</summary>
    public string? Error { get; set; }

    /// <summary>The language of the mail.</summary>
    public string? Language { get; set; }
}

internal sealed class ArchiveTable : IEntityTypeConfiguration<ArchiveRow>
{
    public void Configure(EntityTypeBuilder<ArchiveRow> table)
    {
        table.ToTable("archive");
        // Its file is another server's, and made again for the asking.
        table.StaysBehind();
        table.HasKey(x => x.UserId).HasName("pk_archive");
        table.Property(x => x.UserId).HasColumnName("user_id").ValueGeneratedNever();
        table.Property(x => x.AskedAt).HasColumnName("asked_at");
        table.Property(x => x.Attempts).HasColumnName("attempts").HasDefaultValue(0);
        table.Property(x => x.EndedAt).HasColumnName("ended_at");
        table.Property(x => x.File).HasColumnName("file").HasMaxLength(40);
        table.Property(x => x.Bytes).HasColumnName("bytes").HasDefaultValue(0L);
        table.Property(x => x.Error).HasColumnName("error").HasMaxLength(40);
        table.Property(x => x.Language).HasColumnName("language").HasMaxLength(35);
        table
            .HasOne<UserRow>()
            .WithOne()
            .HasForeignKey<ArchiveRow>(x => x.UserId)
            .HasConstraintName("fk_archive_user")
            .OnDelete(DeleteBehavior.Cascade);
        // Of what waits, and of what is kept, there is little.
        table.HasIndex(x => x.AskedAt, "ix_archive_waiting").HasFilter("ended_at IS NULL");
        table.HasIndex(x => x.EndedAt, "ix_archive_kept").HasFilter("file IS NOT NULL");
    }
}
