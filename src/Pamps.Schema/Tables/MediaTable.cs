using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>media</c>: a picture that somebody uploaded, or video or audio. Its id says when.</summary>
internal sealed class MediaRow
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The post that shows it. Null until there is one; what neither a post nor a profile shows is swept a day later.</summary>
    public long? PostId { get; set; }

    /// <summary>Which of the post's it is, from 0.</summary>
    public short Place { get; set; }

    /// <summary>What of its owner's profile it is, and then of no post: 1 the avatar, 2 the header. Null for neither.</summary>
    public short? Profile { get; set; }

    /// <summary>0 a picture, 1 what moves or is played; of the latter the name of its file says what it is.</summary>
    public short Kind { get; set; }

    /// <summary>The file that is shown whole, as <c>media_file</c> calls it.</summary>
    public required string File { get; set; }

    /// <summary>The file that lists show.</summary>
    public required string Preview { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }

    /// <summary>How many bytes both files have: what it counts for its owner, whoever else has the same.</summary>
    public long Bytes { get; set; }
    public required string Blurhash { get; set; }
    public string? Description { get; set; }

    /// <summary>The point that stays when it is cropped, from -1000, left, to 1000.</summary>
    public short FocusX { get; set; }

    /// <summary>The same from -1000, at the bottom, to 1000.</summary>
    public short FocusY { get; set; }

    /// <summary>How many milliseconds it plays; null for a picture.</summary>
    public int? DurationMs { get; set; }
}

internal sealed class MediaTable : IEntityTypeConfiguration<MediaRow>
{
    public void Configure(EntityTypeBuilder<MediaRow> table)
    {
        table.ToTable("media");
        table.HasKey(x => x.Id).HasName("pk_media");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.Place).HasColumnName("place").HasDefaultValue((short)0);
        table.Property(x => x.Profile).HasColumnName("profile");
        table.Property(x => x.Kind).HasColumnName("kind");
        table.Property(x => x.File).HasColumnName("file").HasMaxLength(80);
        table.Property(x => x.Preview).HasColumnName("preview").HasMaxLength(80);
        table.Property(x => x.Width).HasColumnName("width");
        table.Property(x => x.Height).HasColumnName("height");
        table.Property(x => x.Bytes).HasColumnName("bytes");
        table.Property(x => x.Blurhash).HasColumnName("blurhash").HasMaxLength(120);
        table.Property(x => x.Description).HasColumnName("description");
        table.Property(x => x.FocusX).HasColumnName("focus_x").HasDefaultValue((short)0);
        table.Property(x => x.FocusY).HasColumnName("focus_y").HasDefaultValue((short)0);
        table.Property(x => x.DurationMs).HasColumnName("duration_ms");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_media_user");
        // A version that does not know pictures deletes posts too: what they showed is then swept with its bytes.
        table
            .HasOne<PostRow>()
            .WithMany()
            .HasForeignKey(x => x.PostId)
            .HasConstraintName("fk_media_post")
            .OnDelete(DeleteBehavior.SetNull);
        table.HasIndex(x => x.PostId, "ix_media_post").HasFilter("post_id IS NOT NULL");
        table.HasIndex(x => x.Id, "ix_media_unused").HasFilter("post_id IS NULL AND profile IS NULL");
        table
            .HasIndex(x => new { x.UserId, x.Profile }, "ux_media_profile")
            .IsUnique()
            .HasFilter("profile IS NOT NULL");
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_media_user");
        table.HasIndex(x => x.File).HasDatabaseName("ix_media_file");
        table.HasIndex(x => x.Preview).HasDatabaseName("ix_media_preview");
    }
}
