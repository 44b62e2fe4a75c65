using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>consumer</c>: up to which event somebody has come who must miss none.</summary>
internal sealed class ConsumerRow
{
    public required string Name { get; set; }
    public long Tx { get; set; }
    public long EventId { get; set; }
}

internal sealed class ConsumerTable : IEntityTypeConfiguration<ConsumerRow>
{
    public void Configure(EntityTypeBuilder<ConsumerRow> table)
    {
        table.ToTable("consumer");
        table.HasKey(x => x.Name).HasName("pk_consumer");
        table.Property(x => x.Name).HasColumnName("name").HasMaxLength(64);
        table.Property(x => x.Tx).HasColumnName("tx");
        table.Property(x => x.EventId).HasColumnName("event_id");
        table.StaysBehind();
    }
}
