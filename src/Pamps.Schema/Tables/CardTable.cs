using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>card</c>: what a page of another site says of itself, once for all posts that link to it.</summary>
internal sealed class CardRow
{
    public long Id { get; set; }

    /// <summary>Where the page is, all in ASCII and without a fragment: one row for all who link to it.</summary>
    public required string Url { get; set; }

    /// <summary>What is shown, as JSON in Core's own form. Null until it was asked, and while it had nothing to say.</summary>
    public string? Content { get; set; }

    /// <summary>The file of its picture, as <c>media_file</c> calls it. The content names it, too.</summary>
    public string? Picture { get; set; }

    /// <summary>Since when a post waits for it to be asked. Null while none does.</summary>
    public DateTime? WantedAt { get; set; }

    /// <summary>Before this no post has it asked again.</summary>
    public DateTime DueAt { get; set; }
}

internal sealed class CardTable : IEntityTypeConfiguration<CardRow>
{
    public void Configure(EntityTypeBuilder<CardRow> table)
    {
        table.ToTable("card");
        table.HasKey(x => x.Id).HasName("pk_card");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Url).HasColumnName("url").HasMaxLength(2000);
        table.Property(x => x.Content).HasColumnName("content");
        table.Property(x => x.Picture).HasColumnName("picture").HasMaxLength(80);
        table.Property(x => x.WantedAt).HasColumnName("wanted_at");
        table.Property(x => x.DueAt).HasColumnName("due_at");
        table.HasIndex(x => x.Url).IsUnique().HasDatabaseName("ux_card_url");
        table.HasIndex(x => x.WantedAt, "ix_card_wanted").HasFilter("wanted_at IS NOT NULL");
        table.HasIndex(x => x.Picture, "ix_card_picture").HasFilter("picture IS NOT NULL");
    }
}
