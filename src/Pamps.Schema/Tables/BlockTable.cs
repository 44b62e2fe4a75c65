using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>block</c>: <see cref="From"/> blocks <see cref="To"/>, and each is hidden from the other.</summary>
internal sealed class BlockRow
{
    public long Id { get; set; }
    public long From { get; set; }
    public long To { get; set; }
    public DateTime Date { get; set; }
}

internal sealed class BlockTable : IEntityTypeConfiguration<BlockRow>
{
    public void Configure(EntityTypeBuilder<BlockRow> table)
    {
        table.ToTable("block", x => x.HasCheckConstraint("ck_block_not_oneself", "\"from\" <> \"to\""));
        table.HasKey(x => x.Id).HasName("pk_block");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.From).HasColumnName("from");
        table.Property(x => x.To).HasColumnName("to");
        table.Property(x => x.Date).HasColumnName("date");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.From).HasConstraintName("fk_block_from");
        table.HasOne<UserRow>().WithMany().HasForeignKey(x => x.To).HasConstraintName("fk_block_to");
        table.HasIndex(x => new { x.From, x.To }).IsUnique().HasDatabaseName("ux_block_from_to");
        table.HasIndex(x => new { x.To, x.Id }).HasDatabaseName("ix_block_to");
        table.HasIndex(x => new { x.From, x.Id }).HasDatabaseName("ix_block_from");
    }
}
