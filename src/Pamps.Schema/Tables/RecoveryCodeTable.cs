using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>recovery_code</c>: opens an account once, in place of the app's code. Used, it is gone.</summary>
internal sealed class RecoveryCodeRow
{
    public long UserId { get; set; }

    /// <summary>Of the code and whose it is.</summary>
    public required string Hash { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCodeRow>
{
    public void Configure(EntityTypeBuilder<RecoveryCodeRow> table)
    {
        table.ToTable("recovery_code");
        table.HasKey(x => new { x.UserId, x.Hash }).HasName("pk_recovery_code");
        table.Property(x => x.UserId).HasColumnName("user_id").ValueGeneratedNever();
        table.Property(x => x.Hash).HasColumnName("hash").HasMaxLength(64);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table
            .HasOne<AccountRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_recovery_code_account")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
