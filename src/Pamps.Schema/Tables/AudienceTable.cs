using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>audience</c>: a post that not everybody sees is addressed to a user, who sees it.</summary>
internal sealed class AudienceRow
{
    public long PostId { get; set; }
    public long UserId { get; set; }

    /// <summary>Whether the post is for whom it is addressed to only: those are listed apart.</summary>
    public bool Direct { get; set; }
}

internal sealed class AudienceTable : IEntityTypeConfiguration<AudienceRow>
{
    public void Configure(EntityTypeBuilder<AudienceRow> table)
    {
        table.ToTable("audience");
        table.HasKey(x => new { x.PostId, x.UserId }).HasName("pk_audience");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Direct).HasColumnName("direct");
        table.HasOne<PostRow>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_audience_post");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_audience_user");
        table.HasIndex(x => new { x.UserId, x.PostId }, "ix_audience_user");
        table.HasIndex(x => new { x.UserId, x.PostId }, "ix_audience_direct").HasFilter("direct");
    }
}
