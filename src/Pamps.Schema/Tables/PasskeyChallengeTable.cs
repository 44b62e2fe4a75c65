using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>passkey_challenge</c>: a challenge that a passkey has answered, until it would be too old anyway. It is made when the
/// answer was found right, so that nobody fills the table who has no passkey.
/// </summary>
internal sealed class PasskeyChallengeRow
{
    public required string Key { get; set; }
    public DateTime ExpiresAt { get; set; }
}

internal sealed class PasskeyChallengeTable : IEntityTypeConfiguration<PasskeyChallengeRow>
{
    public void Configure(EntityTypeBuilder<PasskeyChallengeRow> table)
    {
        table.ToTable("passkey_challenge");
        table.HasKey(x => x.Key).HasName("pk_passkey_challenge");
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(64);
        table.Property(x => x.ExpiresAt).HasColumnName("expires_at");
        table.HasIndex(x => x.ExpiresAt).HasDatabaseName("ix_passkey_challenge_expires_at");
    }
}
