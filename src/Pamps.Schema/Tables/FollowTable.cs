using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>social</c>: <see cref="From"/> follows <see cref="To"/>.</summary>
internal sealed class FollowRow
{
    public long Id { get; set; }
    public long From { get; set; }
    public long To { get; set; }
    public DateTime Date { get; set; }
}

internal sealed class FollowTable : IEntityTypeConfiguration<FollowRow>
{
    public void Configure(EntityTypeBuilder<FollowRow> table)
    {
        table.ToTable("social", x => x.HasCheckConstraint("ck_social_not_oneself", "\"from\" <> \"to\""));
        table.HasKey(x => x.Id).HasName("pk_social");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.From).HasColumnName("from");
        table.Property(x => x.To).HasColumnName("to");
        table.Property(x => x.Date).HasColumnName("date");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.From).HasConstraintName("fk_social_from");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.To).HasConstraintName("fk_social_to");
        table.HasIndex(x => new { x.From, x.To }).IsUnique().HasDatabaseName("ux_social_from_to");
        table.HasIndex(x => new { x.To, x.Id }).HasDatabaseName("ix_social_to");
        table.HasIndex(x => new { x.From, x.Id }).HasDatabaseName("ix_social_from");
    }
}
