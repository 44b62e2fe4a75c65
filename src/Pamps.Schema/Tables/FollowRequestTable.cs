using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>follow_request</c>: <see cref="From"/> asks to follow <see cref="To"/>, whose account is locked.</summary>
internal sealed class FollowRequestRow
{
    public long Id { get; set; }
    public long From { get; set; }
    public long To { get; set; }
    public DateTime Date { get; set; }
}

internal sealed class FollowRequestTable : IEntityTypeConfiguration<FollowRequestRow>
{
    public void Configure(EntityTypeBuilder<FollowRequestRow> table)
    {
        table.ToTable("follow_request", x =>
            x.HasCheckConstraint("ck_follow_request_not_oneself", "\"from\" <> \"to\"")
        );
        table.HasKey(x => x.Id).HasName("pk_follow_request");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.From).HasColumnName("from");
        table.Property(x => x.To).HasColumnName("to");
        table.Property(x => x.Date).HasColumnName("date");
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.From)
            .HasConstraintName("fk_follow_request_from");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.To).HasConstraintName("fk_follow_request_to");
        table.HasIndex(x => new { x.From, x.To }).IsUnique().HasDatabaseName("ux_follow_request_from_to");
        table.HasIndex(x => new { x.To, x.Id }).HasDatabaseName("ix_follow_request_to");
        table.HasIndex(x => new { x.From, x.Id }).HasDatabaseName("ix_follow_request_from");
    }
}
