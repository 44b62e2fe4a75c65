using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>application_grant</c>: what a program may, for somebody or for itself, by a code first and then by a token. What
/// is somebody's goes with its login.
/// </summary>
internal sealed class ApplicationGrantRow
{
    public long Id { get; set; }
    public long ApplicationId { get; set; }

    /// <summary>The login that was opened with it; null for a token of the program itself.</summary>
    public long? LoginId { get; set; }

    /// <summary>What it may, with blanks between.</summary>
    public required string Scopes { get; set; }
    public string? CodeHash { get; set; }

    /// <summary>Where the code was sent.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>What else is to be shown with the code (RFC 7636).</summary>
    public string? CodeChallenge { get; set; }

    /// <summary>The hash of the token; null until the code was shown.</summary>
    public string? TokenHash { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class ApplicationGrantTable : IEntityTypeConfiguration<ApplicationGrantRow>
{
    public void Configure(EntityTypeBuilder<ApplicationGrantRow> table)
    {
        table.ToTable("application_grant");
        table.HasKey(x => x.Id).HasName("pk_application_grant");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.ApplicationId).HasColumnName("application_id");
        table.Property(x => x.LoginId).HasColumnName("login_id");
        table.Property(x => x.Scopes).HasColumnName("scopes").HasMaxLength(1_000);
        table.Property(x => x.CodeHash).HasColumnName("code_hash").HasMaxLength(43);
        table.Property(x => x.RedirectUri).HasColumnName("redirect_uri").HasMaxLength(2_000);
        table.Property(x => x.CodeChallenge).HasColumnName("code_challenge").HasMaxLength(43);
        table.Property(x => x.TokenHash).HasColumnName("token_hash").HasMaxLength(43);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table
            .HasOne<ApplicationRow>()
            .WithMany()
            .HasForeignKey(x => x.ApplicationId)
            .HasConstraintName("fk_application_grant_application")
            .OnDelete(DeleteBehavior.Cascade);
        table
            .HasOne<LoginRow>()
            .WithMany()
            .HasForeignKey(x => x.LoginId)
            .HasConstraintName("fk_application_grant_login")
            .OnDelete(DeleteBehavior.Cascade);
        table
            .HasIndex(x => new { x.ApplicationId, x.Id })
            .HasDatabaseName("ix_application_grant_application");
        table.HasIndex(x => x.LoginId).IsUnique().HasDatabaseName("ux_application_grant_login");
        table.HasIndex(x => x.CodeHash).IsUnique().HasDatabaseName("ux_application_grant_code");
        table.HasIndex(x => x.TokenHash).IsUnique().HasDatabaseName("ux_application_grant_token");
    }
}
