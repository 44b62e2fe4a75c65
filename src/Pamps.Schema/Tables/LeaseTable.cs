using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>lease</c>: until when a piece of work belongs to the instance that took it last.</summary>
/// <remarks>
/// Neither this version nor the one before uses it, since what runs now and then is a job: a migration may drop it.
/// </remarks>
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
