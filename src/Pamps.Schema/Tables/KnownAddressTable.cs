using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>known_address</c>: an account was signed in to from an address, so that guesses elsewhere do not
/// keep its owner out there. One that nobody signs in from for long is swept.
/// </summary>
internal sealed class KnownAddressRow
{
    /// <summary>A keyed hash of the account and the address, which nobody can read back.</summary>
    public required string Key { get; set; }

    /// <summary>When it last was, to the day.</summary>
    public DateTime LastUsedAt { get; set; }
}

internal sealed class KnownAddressTable : IEntityTypeConfiguration<KnownAddressRow>
{
    public void Configure(EntityTypeBuilder<KnownAddressRow> table)
    {
        table.ToTable("known_address");
        table.HasKey(x => x.Key).HasName("pk_known_address");
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(64);
        table.Property(x => x.LastUsedAt).HasColumnName("last_used_at");
        table.HasIndex(x => x.LastUsedAt).HasDatabaseName("ix_known_address_last_used_at");
    }
}
