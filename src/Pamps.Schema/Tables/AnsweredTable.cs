using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>idempotency</c>: the first answer to a request that carried an Idempotency-Key.</summary>
internal sealed class AnsweredRow
{
    /// <summary>Whose key it is; 0 for a caller who was not signed in.</summary>
    public long UserId { get; set; }
    public required string Key { get; set; }

    /// <summary>A keyed hash of the request, so that one key cannot stand for two requests.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>The answer as JSON; null only inside the transaction that is about to give it.</summary>
    public string? Answer { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class AnsweredTable : IEntityTypeConfiguration<AnsweredRow>
{
    public void Configure(EntityTypeBuilder<AnsweredRow> table)
    {
        table.ToTable("idempotency");
        table.HasKey(x => new { x.UserId, x.Key }).HasName("pk_idempotency");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(320);
        table.Property(x => x.Fingerprint).HasColumnName("fingerprint").HasMaxLength(64);
        table.Property(x => x.Answer).HasColumnName("answer");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.HasIndex(x => x.CreatedAt).HasDatabaseName("ix_idempotency_created_at");
    }
}
