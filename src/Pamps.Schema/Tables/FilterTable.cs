using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>filter</c>: words that its owner does not want to read. It goes with the account.</summary>
internal sealed class FilterRow
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public required string Title { get; set; }

    /// <summary>Where it holds, a bit each.</summary>
    public short Places { get; set; }

    /// <summary>What becomes of a post that matches.</summary>
    public short Action { get; set; }

    /// <summary>When it ends by itself; null when it does not.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>What it looks for, as JSON.</summary>
    public required string Keywords { get; set; }
}

internal sealed class FilterTable : IEntityTypeConfiguration<FilterRow>
{
    public void Configure(EntityTypeBuilder<FilterRow> table)
    {
        table.ToTable("filter");
        table.HasKey(x => x.Id).HasName("pk_filter");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Title).HasColumnName("title").HasMaxLength(100);
        table.Property(x => x.Places).HasColumnName("places");
        table.Property(x => x.Action).HasColumnName("action");
        table.Property(x => x.ExpiresAt).HasColumnName("expires_at");
        table.Property(x => x.Keywords).HasColumnName("keywords");
        table
            .HasOne<AccountRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_filter_account")
            .OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_filter_user");
    }
}
