using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>like</c>.</summary>
internal sealed class LikeRow
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public long PostId { get; set; }
    public DateTime Date { get; set; }
}

internal sealed class LikeTable : IEntityTypeConfiguration<LikeRow>
{
    public void Configure(EntityTypeBuilder<LikeRow> table)
    {
        table.ToTable("like");
        table.HasKey(x => x.Id).HasName("pk_like");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.Date).HasColumnName("date");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_like_user");
        table.HasOne<PostRow>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_like_post");
        table.HasIndex(x => new { x.PostId, x.UserId }).IsUnique().HasDatabaseName("ux_like_post_user");
        table.HasIndex(x => new { x.PostId, x.Id }).HasDatabaseName("ix_like_post");
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_like_user");
    }
}
