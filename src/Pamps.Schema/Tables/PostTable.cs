using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>post</c>.</summary>
internal sealed class PostRow
{
    public long Id { get; set; }
    public required string Text { get; set; }
    public DateTime Date { get; set; }
    public long UserId { get; set; }

    /// <summary>
    /// The post this one replies to. It stays when that post is deleted, because a reply stays a reply; so it is
    /// no foreign key, and the counter on the parent's row decides the race between a reply and a deletion.
    /// </summary>
    public long? ParentId { get; set; }

    /// <summary>
    /// Mentions, hashtags and URLs in the text, as the JSON that doors send. Null only until they have been looked for, in
    /// a post that an older version wrote.
    /// </summary>
    public string? Entities { get; set; }

    /// <summary>
    /// The pictures that it shows, as JSON in Core's own form: a read of posts then asks no other table. Null for none. The rows
    /// of <c>media</c> say the same.
    /// </summary>
    public string? Media { get; set; }

    /// <summary>What is shown of the page that it links to, if that was asked.</summary>
    public long? CardId { get; set; }

    /// <summary>Whether it stands first on its author's profile.</summary>
    public bool Pinned { get; set; }

    /// <summary>Whether its author says that what it shows is not for every eye.</summary>
    public bool Sensitive { get; set; }

    /// <summary>The row of <c>moderation</c> by which a moderator says so; null when none does.</summary>
    public long? CoveredBy { get; set; }
    public DateTime? EditedAt { get; set; }
    public long LikesCount { get; set; }
    public long RepliesCount { get; set; }

    /// <summary>Who sees it: 0 everybody and in lists, 1 everybody, 2 followers, 3 whom it is addressed to; 10 more nobody, for it is being erased.</summary>
    public short Visibility { get; set; }
}

internal sealed class PostTable : IEntityTypeConfiguration<PostRow>
{
    public void Configure(EntityTypeBuilder<PostRow> table)
    {
        table.ToTable("post", x =>
            x.HasCheckConstraint("ck_post_counts", "likes_count >= 0 AND replies_count >= 0")
        );
        table.HasKey(x => x.Id).HasName("pk_post");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Text).HasColumnName("text");
        table.Property(x => x.Date).HasColumnName("date");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.ParentId).HasColumnName("parent_id");
        table.Property(x => x.EditedAt).HasColumnName("edited_at");
        table.Property(x => x.LikesCount).HasColumnName("likes_count");
        table.Property(x => x.RepliesCount).HasColumnName("replies_count");
        table.Property(x => x.Entities).HasColumnName("entities");
        table.Property(x => x.Media).HasColumnName("media");
        table.Property(x => x.Visibility).HasColumnName("visibility").HasDefaultValue((short)0);
        table.Property(x => x.Pinned).HasColumnName("pinned").HasDefaultValue(false);
        table.Property(x => x.Sensitive).HasColumnName("sensitive").HasDefaultValue(false);
        table.Property(x => x.CoveredBy).HasColumnName("covered_by");
        table.Property(x => x.CardId).HasColumnName("card_id");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_post_user");
        table.HasOne<CardRow>().WithMany().HasForeignKey(x => x.CardId).HasConstraintName("fk_post_card");
        table.HasIndex(x => x.Id, "ix_post_public").HasFilter("parent_id IS NULL AND visibility = 0");
        table.HasIndex(
            x => new
            {
                x.UserId,
                x.Id,
                x.Visibility,
            },
            "ix_post_author"
        );
        table.HasIndex(x => new { x.UserId, x.Id }, "ix_post_user_own").HasFilter("parent_id IS NULL");
        table.HasIndex(x => new { x.UserId, x.Id }, "ix_post_pinned").HasFilter("pinned");
        table.HasIndex(x => x.CoveredBy, "ix_post_covered").HasFilter("covered_by IS NOT NULL");
        table.HasIndex(x => new { x.CardId, x.Id }, "ix_post_card").HasFilter("card_id IS NOT NULL");
        table.HasIndex(x => x.Id, "ix_post_without_entities").HasFilter("entities IS NULL");
        table.HasIndex(x => new { x.ParentId, x.Id }, "ix_post_replies").HasFilter("parent_id IS NOT NULL");
    }
}
