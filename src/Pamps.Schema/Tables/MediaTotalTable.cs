using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>The one row of the table <c>media_total</c>: how many bytes all stored files have. None until there is a file.</summary>
internal sealed class MediaTotalRow
{
    public short Id { get; set; }
    public long Bytes { get; set; }
}

internal sealed class MediaTotalTable : IEntityTypeConfiguration<MediaTotalRow>
{
    public void Configure(EntityTypeBuilder<MediaTotalRow> table)
    {
        table.ToTable("media_total");
        table.HasKey(x => x.Id).HasName("pk_media_total");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Bytes).HasColumnName("bytes");
    }
}
