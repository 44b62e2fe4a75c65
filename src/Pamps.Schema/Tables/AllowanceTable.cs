using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>allowance</c>: how much of what may be done in a time has been done. Each deed moves
/// <see cref="SpentUntil"/> on by the time after which one more is allowed; when it has passed, all is allowed again, as where
/// there is no row. No index but the key: a row that is changed at each deed then stays where it is.
/// </summary>
internal sealed class AllowanceRow
{
    /// <summary>Whose: a user's id, or below zero a keyed hash of a network.</summary>
    public long Owner { get; set; }

    /// <summary>Of which deed.</summary>
    public short Deed { get; set; }

    /// <summary>In microseconds since 1970.</summary>
    public long SpentUntil { get; set; }

    /// <summary>How far it may be moved at the time of the last deed: the check lets no deed through that is one too many.</summary>
    public long MayBeSpentUntil { get; set; }
}

internal sealed class AllowanceTable : IEntityTypeConfiguration<AllowanceRow>
{
    public void Configure(EntityTypeBuilder<AllowanceRow> table)
    {
        table.ToTable("allowance", x =>
            x.HasCheckConstraint("ck_allowance_spent", "spent_until <= may_be_spent_until")
        );
        table.HasKey(x => new { x.Owner, x.Deed }).HasName("pk_allowance");
        table.Property(x => x.Owner).HasColumnName("owner");
        table.Property(x => x.Deed).HasColumnName("deed");
        table.Property(x => x.SpentUntil).HasColumnName("spent_until");
        table.Property(x => x.MayBeSpentUntil).HasColumnName("may_be_spent_until");
        // Who moves to another database begins with all of it.
        table.StaysBehind();
    }
}
