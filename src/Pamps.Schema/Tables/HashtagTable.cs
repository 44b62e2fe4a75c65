using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>hashtag</c>: a post carries a tag.</summary>
internal sealed class HashtagRow
{
    /// <summary>The tag as it is compared: NFC, lower case, without its sign.</summary>
    public required string Tag { get; set; }
    public long PostId { get; set; }
}

internal sealed class HashtagTable : IEntityTypeConfiguration<HashtagRow>
{
    public void Configure(EntityTypeBuilder<HashtagRow> table)
    {
        table.ToTable("hashtag");
        table.HasKey(x => new { x.Tag, x.PostId }).HasName("pk_hashtag");
        table.Property(x => x.Tag).HasColumnName("tag").HasMaxLength(100);
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.HasOne<PostRow>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_hashtag_post");
        table.HasIndex(x => x.PostId).HasDatabaseName("ix_hashtag_post_id");
    }
}
