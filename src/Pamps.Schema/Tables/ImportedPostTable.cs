using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>imported_post</c>: a post of elsewhere that somebody took in. It stays when the post is deleted, so that an
/// import that is run again does not bring it back.
/// </summary>
internal sealed class ImportedPostRow
{
    public long UserId { get; set; }

    /// <summary>A hash of what it was called there.</summary>
    public long Origin { get; set; }
    public long PostId { get; set; }
}

internal sealed class ImportedPostTable : IEntityTypeConfiguration<ImportedPostRow>
{
    public void Configure(EntityTypeBuilder<ImportedPostRow> table)
    {
        table.ToTable("imported_post");
        table.HasKey(x => new { x.UserId, x.Origin }).HasName("pk_imported_post");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Origin).HasColumnName("origin");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_imported_post_user")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
