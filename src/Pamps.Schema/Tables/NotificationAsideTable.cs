using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>notification_aside</c>: a notification that its user's policy has put aside.</summary>
internal sealed class NotificationAsideRow
{
    public long Id { get; set; }

    /// <summary>Who would be told.</summary>
    public long UserId { get; set; }
    public short Kind { get; set; }

    /// <summary>Whose deed it is.</summary>
    public long ActorId { get; set; }

    /// <summary>The liked post, the reply, or the post that names the user; null for a follow.</summary>
    public long? PostId { get; set; }
    public DateTime Date { get; set; }
}

internal sealed class NotificationAsideTable : IEntityTypeConfiguration<NotificationAsideRow>
{
    public void Configure(EntityTypeBuilder<NotificationAsideRow> table)
    {
        table.ToTable("notification_aside");
        table.HasKey(x => x.Id).HasName("pk_notification_aside");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Kind).HasColumnName("kind");
        table.Property(x => x.ActorId).HasColumnName("actor_id");
        table.Property(x => x.PostId).HasColumnName("post_id");
        table.Property(x => x.Date).HasColumnName("date");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_notification_aside_user");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.ActorId)
            .HasConstraintName("fk_notification_aside_actor");
        table
            .HasOne<PostRow>()
            .WithMany()
            .HasForeignKey(x => x.PostId)
            .HasConstraintName("fk_notification_aside_post")
            .OnDelete(DeleteBehavior.Cascade);
        table
            .HasIndex(x => new
            {
                x.UserId,
                x.ActorId,
                x.Id,
            })
            .HasDatabaseName("ix_notification_aside_user");
        table.HasIndex(x => x.ActorId).HasDatabaseName("ix_notification_aside_actor_id");
        // One deed, one notification, however often two requests race.
        table
            .HasIndex(
                x => new
                {
                    x.PostId,
                    x.UserId,
                    x.ActorId,
                    x.Kind,
                },
                "ux_notification_aside_post"
            )
            .IsUnique()
            .HasFilter("post_id IS NOT NULL");
        table
            .HasIndex(
                x => new
                {
                    x.UserId,
                    x.ActorId,
                    x.Kind,
                },
                "ux_notification_aside_user"
            )
            .IsUnique()
            .HasFilter("post_id IS NULL");
    }
}
