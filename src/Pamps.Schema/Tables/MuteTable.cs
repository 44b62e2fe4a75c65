using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>mute</c>: <see cref="From"/> does not want to be shown <see cref="To"/>, who does not know.</summary>
internal sealed class MuteRow
{
    public long Id { get; set; }
    public long From { get; set; }
    public long To { get; set; }
    public DateTime Date { get; set; }

    /// <summary>When it ends by itself; null when it does not.</summary>
    public DateTime? Until { get; set; }

    /// <summary>Whether notifications are hidden, too.</summary>
    public bool Notifications { get; set; }
}

internal sealed class MuteTable : IEntityTypeConfiguration<MuteRow>
{
    public void Configure(EntityTypeBuilder<MuteRow> table)
    {
        table.ToTable("mute", x => x.HasCheckConstraint("ck_mute_not_oneself", "\"from\" <> \"to\""));
        table.HasKey(x => x.Id).HasName("pk_mute");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.From).HasColumnName("from");
        table.Property(x => x.To).HasColumnName("to");
        table.Property(x => x.Date).HasColumnName("date");
        table.Property(x => x.Until).HasColumnName("until");
        table.Property(x => x.Notifications).HasColumnName("notifications");
        table.HasIndex(x => x.Until, "ix_mute_until").HasFilter("until IS NOT NULL");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.From).HasConstraintName("fk_mute_from");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.To).HasConstraintName("fk_mute_to");
        table.HasIndex(x => new { x.From, x.To }).IsUnique().HasDatabaseName("ux_mute_from_to");
        table.HasIndex(x => new { x.To, x.Id }).HasDatabaseName("ix_mute_to");
        table.HasIndex(x => new { x.From, x.Id }).HasDatabaseName("ix_mute_from");
    }
}
