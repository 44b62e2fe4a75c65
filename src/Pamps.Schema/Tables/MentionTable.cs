using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>mention</c>: a post names a user.</summary>
internal sealed class MentionRow
{
    public long PostId { get; set; }
    public long UserId { get; set; }
}

internal sealed class MentionTable : IEntityTypeConfiguration<MentionRow>
{
    public void Configure(EntityTypeBuilder<MentionRow> table)
    {
        table.ToTable("mention");
        table.HasKey(x => new { x.PostId, x.UserId }).HasName("pk_mention");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.HasOne<PostRow>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_mention_post");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_mention_user");
        table.HasIndex(x => new { x.UserId, x.PostId }).HasDatabaseName("ix_mention_user");
    }
}
