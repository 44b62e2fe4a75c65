using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>registration</c>: somebody has registered and waits to be approved.</summary>
internal sealed class RegistrationRow
{
    public long UserId { get; set; }

    /// <summary>Why they want an account.</summary>
    public required string Reason { get; set; }

    /// <summary>The language of mails to them.</summary>
    public string? Language { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class RegistrationTable : IEntityTypeConfiguration<RegistrationRow>
{
    public void Configure(EntityTypeBuilder<RegistrationRow> table)
    {
        table.ToTable("registration");
        table.HasKey(x => x.UserId).HasName("pk_registration");
        table.Property(x => x.UserId).HasColumnName("user_id").ValueGeneratedNever();
        table.Property(x => x.Reason).HasColumnName("reason");
        table.Property(x => x.Language).HasColumnName("language").HasMaxLength(35);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table
            .HasOne<UserRow>()
            .WithOne()
            .HasForeignKey<RegistrationRow>(x => x.UserId)
            .HasConstraintName("fk_registration_user")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
