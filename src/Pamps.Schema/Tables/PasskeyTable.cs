using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>passkey</c>: a key of somebody's device that opens their account. It goes with the account.</summary>
internal sealed class PasskeyRow
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>What its device calls it, in base64url: at most 1,023 bytes (Web Authentication).</summary>
    public required string CredentialId { get; set; }

    /// <summary>What its device knows the account by, in base64url; random.</summary>
    public required string UserHandle { get; set; }

    /// <summary>A COSE key, in base64url.</summary>
    public required string PublicKey { get; set; }

    /// <summary>How often its device says to have used it; 0 of one that does not count.</summary>
    public long SignCount { get; set; }
    public bool BackupEligible { get; set; }
    public required string Transports { get; set; }
    public required string Name { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? LastUsedAt { get; set; }
}

internal sealed class PasskeyTable : IEntityTypeConfiguration<PasskeyRow>
{
    public void Configure(EntityTypeBuilder<PasskeyRow> table)
    {
        table.ToTable("passkey");
        table.HasKey(x => x.Id).HasName("pk_passkey");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.CredentialId).HasColumnName("credential_id").HasMaxLength(1_364);
        table.Property(x => x.UserHandle).HasColumnName("user_handle").HasMaxLength(86);
        table.Property(x => x.PublicKey).HasColumnName("public_key");
        table.Property(x => x.SignCount).HasColumnName("sign_count");
        table.Property(x => x.BackupEligible).HasColumnName("backup_eligible");
        table.Property(x => x.Transports).HasColumnName("transports").HasMaxLength(100);
        table.Property(x => x.Name).HasColumnName("name").HasMaxLength(50);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.LastUsedAt).HasColumnName("last_used_at");
        table
            .HasOne<AccountRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_passkey_account")
            .OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(x => x.CredentialId).IsUnique().HasDatabaseName("ux_passkey_credential");
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_passkey_user");
    }
}
