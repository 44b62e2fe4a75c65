using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>application</c>: a program that may ask people to let it in.</summary>
internal sealed class ApplicationRow
{
    public long Id { get; set; }

    /// <summary>The hash of its secret; null for one that keeps none.</summary>
    public string? SecretHash { get; set; }
    public required string Name { get; set; }
    public string? Website { get; set; }

    /// <summary>Where it may be led back to, one a line.</summary>
    public required string RedirectUris { get; set; }

    /// <summary>The most that it may ask for, with blanks between.</summary>
    public required string Scopes { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>When it is forgotten, if nobody lets it in; null once somebody has.</summary>
    public DateTime? ExpiresAt { get; set; }
}

internal sealed class ApplicationTable : IEntityTypeConfiguration<ApplicationRow>
{
    public void Configure(EntityTypeBuilder<ApplicationRow> table)
    {
        table.ToTable("application");
        table.HasKey(x => x.Id).HasName("pk_application");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.SecretHash).HasColumnName("secret_hash").HasMaxLength(43);
        table.Property(x => x.Name).HasColumnName("name").HasMaxLength(100);
        table.Property(x => x.Website).HasColumnName("website").HasMaxLength(2_000);
        table.Property(x => x.RedirectUris).HasColumnName("redirect_uris");
        table.Property(x => x.Scopes).HasColumnName("scopes").HasMaxLength(1_000);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.ExpiresAt).HasColumnName("expires_at");
        table.HasIndex(x => x.ExpiresAt).HasDatabaseName("ix_application_expires_at");
    }
}
