using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>lease</c>: until when a piece of work belongs to the instance that took it last.</summary>
internal sealed class LeaseRow
{
    public required string Name { get; set; }
    public DateTime Until { get; set; }
}

internal sealed class LeaseTable : IEntityTypeConfiguration<LeaseRow>
{
    public void Configure(EntityTypeBuilder<LeaseRow> table)
    {
        table.ToTable("lease");
        table.HasKey(x => x.Name).HasName("pk_lease");
        table.Property(x => x.Name).HasColumnName("name").HasMaxLength(64);
        table.Property(x => x.Until).HasColumnName("until");
    }
}
