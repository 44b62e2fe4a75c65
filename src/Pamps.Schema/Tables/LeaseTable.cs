using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>lease</c>: until when a piece of work belongs to the instance that took it last.</summary>
/// <remarks>
/// This version does not use it: what runs now and then is a job. The version before takes its sweep by it, and may still
/// run beside this one during an upgrade. The table can go with the first migration after a release that has none of it,
/// that is when <c>tests/Pamps.Faults.Tests/Upgrades/previous-version</c> names a commit without <c>Leases.cs</c>.
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
