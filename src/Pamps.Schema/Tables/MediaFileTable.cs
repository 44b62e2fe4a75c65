using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>media_file</c>: a stored file, once for all pictures that have its bytes. Who writes or removes the file
/// says so here before.
/// </summary>
internal sealed class MediaFileRow
{
    /// <summary>The hash of its bytes, and what kind of file it is: <c>ab12….webp</c>.</summary>
    public required string Name { get; set; }

    /// <summary>How many it has; 0 while it is being removed.</summary>
    public long Bytes { get; set; }

    /// <summary>
    /// Since when it may be that no picture has it any more: what is to be looked at. Null where nobody thinks so; in the future while
    /// it is being written.
    /// </summary>
    public DateTime? UnusedSince { get; set; }
}

internal sealed class MediaFileTable : IEntityTypeConfiguration<MediaFileRow>
{
    public void Configure(EntityTypeBuilder<MediaFileRow> table)
    {
        table.ToTable("media_file");
        table.HasKey(x => x.Name).HasName("pk_media_file");
        table.Property(x => x.Name).HasColumnName("name").HasMaxLength(80);
        table.Property(x => x.Bytes).HasColumnName("bytes");
        table.Property(x => x.UnusedSince).HasColumnName("unused_since");
        table.HasIndex(x => x.UnusedSince, "ix_media_file_unused").HasFilter("unused_since IS NOT NULL");
    }
}
