using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>site_text</c>: what the site says of itself on a page, in a language.</summary>
internal sealed class SiteTextRow
{
    /// <summary>What it is about: <c>about</c>, <c>rules</c> and so on.</summary>
    public required string Key { get; set; }
    public required string Locale { get; set; }
    public required string Body { get; set; }

    /// <summary>When it is shown no more; null for never.</summary>
    public DateTime? EndsAt { get; set; }
    public DateTime UpdatedAt { get; set; }
}

internal sealed class SiteTextTable : IEntityTypeConfiguration<SiteTextRow>
{
    public void Configure(EntityTypeBuilder<SiteTextRow> table)
    {
        table.ToTable("site_text");
        table.HasKey(x => new { x.Key, x.Locale }).HasName("pk_site_text");
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(20);
        table.Property(x => x.Locale).HasColumnName("locale").HasMaxLength(35);
        table.Property(x => x.Body).HasColumnName("body");
        table.Property(x => x.EndsAt).HasColumnName("ends_at");
        table.Property(x => x.UpdatedAt).HasColumnName("updated_at");
    }
}
