using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>bookmark</c>: somebody wants to find a post again, of which nobody else knows.</summary>
internal sealed class BookmarkRow
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public long PostId { get; set; }
    public DateTime Date { get; set; }
}

internal sealed class BookmarkTable : IEntityTypeConfiguration<BookmarkRow>
{
    public void Configure(EntityTypeBuilder<BookmarkRow> table)
    {
        table.ToTable("bookmark");
        table.HasKey(x => x.Id).HasName("pk_bookmark");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.Date).HasColumnName("date");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_bookmark_user");
        table.HasOne<PostRow>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_bookmark_post");
        table.HasIndex(x => new { x.PostId, x.UserId }).IsUnique().HasDatabaseName("ux_bookmark_post_user");
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_bookmark_user");
    }
}
