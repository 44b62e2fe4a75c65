using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>sign_in_failure</c>: how often signing in has failed under a name or from an address. A row whose
/// window has passed counts for nothing, and is swept.
/// </summary>
internal sealed class SignInFailureRow
{
    /// <summary>A keyed hash of the name or of the address, which nobody can read back.</summary>
    public required string Key { get; set; }
    public int Count { get; set; }

    /// <summary>When the first of them was: the window begins there.</summary>
    public DateTime Since { get; set; }
}

internal sealed class SignInFailureTable : IEntityTypeConfiguration<SignInFailureRow>
{
    public void Configure(EntityTypeBuilder<SignInFailureRow> table)
    {
        table.ToTable("sign_in_failure");
        table.HasKey(x => x.Key).HasName("pk_sign_in_failure");
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(64);
        table.Property(x => x.Count).HasColumnName("count");
        table.Property(x => x.Since).HasColumnName("since");
        table.HasIndex(x => x.Since).HasDatabaseName("ix_sign_in_failure_since");
    }
}
