using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>notification_accepted</c>: the user is told of the actor's deeds whatever their policy says.</summary>
internal sealed class NotificationAcceptedRow
{
    public long UserId { get; set; }
    public long ActorId { get; set; }
}

internal sealed class NotificationAcceptedTable : IEntityTypeConfiguration<NotificationAcceptedRow>
{
    public void Configure(EntityTypeBuilder<NotificationAcceptedRow> table)
    {
        table.ToTable("notification_accepted");
        table.HasKey(x => new { x.UserId, x.ActorId }).HasName("pk_notification_accepted");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.ActorId).HasColumnName("actor_id");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_notification_accepted_user");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.ActorId)
            .HasConstraintName("fk_notification_accepted_actor");
        table.HasIndex(x => x.ActorId).HasDatabaseName("ix_notification_accepted_actor_id");
    }
}
