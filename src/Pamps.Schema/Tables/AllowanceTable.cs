using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>allowance</c>: how much of what may be done in a time has been done. Each deed moves
/// <see cref="SpentUntil"/> on by the time after which one more is allowed; when it has passed, all is allowed again, as where
/// there is no row. Beside it stands how many posts or likes the account has, of which it may have so many in total. No index but
/// the key: a row that is changed at each deed then stays where it is.
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

    /// <summary>How many the account has, as long as <see cref="TotalUntil"/> says.</summary>
    public long Total { get; set; }

    /// <summary>How many it might have after the last deed: a check as above.</summary>
    public long MayBeTotal { get; set; }

    /// <summary>From when on <see cref="Total"/> means nothing and is to be counted anew, in microseconds since 1970.</summary>
    public long TotalUntil { get; set; }
}

internal sealed class AllowanceTable : IEntityTypeConfiguration<AllowanceRow>
{
    public void Configure(EntityTypeBuilder<AllowanceRow> table)
    {
        table.ToTable("allowance", x =>
        {
            x.HasCheckConstraint("ck_allowance_spent", "spent_until <= may_be_spent_until");
            x.HasCheckConstraint("ck_allowance_total", "total <= may_be_total");
        });
        table.HasKey(x => new { x.Owner, x.Deed }).HasName("pk_allowance");
        table.Property(x => x.Owner).HasColumnName("owner");
        table.Property(x => x.Deed).HasColumnName("deed");
        table.Property(x => x.SpentUntil).HasColumnName("spent_until");
        table.Property(x => x.MayBeSpentUntil).HasColumnName("may_be_spent_until");
        table.Property(x => x.Total).HasColumnName("total").HasDefaultValue(0L);
        table.Property(x => x.MayBeTotal).HasColumnName("may_be_total").HasDefaultValue(0L);
        table.Property(x => x.TotalUntil).HasColumnName("total_until").HasDefaultValue(0L);
        // Who moves to another database begins with all of it.
        table.StaysBehind();
    }
}
