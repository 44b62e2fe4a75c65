using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>security_event</c>: who signed in or failed to, and who changed what somebody may do. It refers to no
/// other row, so that it outlives accounts, and holds nothing that people wrote.
/// </summary>
internal sealed class SecurityEventRow
{
    public long Id { get; set; }

    /// <summary>A hash of all that makes events of an hour the same, which are one row.</summary>
    public required string Key { get; set; }
    public required string Kind { get; set; }

    /// <summary>Whom it concerns; null when nobody in particular.</summary>
    public long? UserId { get; set; }

    /// <summary>Whose deed it is; 0 for the operator, null when nobody is known.</summary>
    public long? ActorId { get; set; }

    /// <summary>A keyed hash of the network it came from.</summary>
    public string? Network { get; set; }
    public string? Detail { get; set; }

    /// <summary>How often it happened within the hour.</summary>
    public int Count { get; set; }

    /// <summary>When it happened first.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it happened last.</summary>
    public DateTime LastAt { get; set; }
}

internal sealed class SecurityEventTable : IEntityTypeConfiguration<SecurityEventRow>
{
    public void Configure(EntityTypeBuilder<SecurityEventRow> table)
    {
        table.ToTable("security_event");
        table.HasKey(x => x.Id).HasName("pk_security_event");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.Key).HasColumnName("key").HasMaxLength(24);
        table.Property(x => x.Kind).HasColumnName("kind").HasMaxLength(32);
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.ActorId).HasColumnName("actor_id");
        table.Property(x => x.Network).HasColumnName("network").HasMaxLength(16);
        table.Property(x => x.Detail).HasColumnName("detail");
        table.Property(x => x.Count).HasColumnName("count");
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.LastAt).HasColumnName("last_at");
        table.HasIndex(x => x.Key).IsUnique().HasDatabaseName("ux_security_event_key");
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_security_event_user");
        table.HasIndex(x => new { x.ActorId, x.Id }).HasDatabaseName("ix_security_event_actor");
        table
            .HasIndex(x => new { x.Network, x.Id })
            .HasDatabaseName("ix_security_event_network")
            .HasFilter("network IS NOT NULL");
        table.HasIndex(x => new { x.Kind, x.Id }).HasDatabaseName("ix_security_event_kind");
    }
}
