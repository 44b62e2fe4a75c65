using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>second_factor</c>: the authenticator app of an account. It goes with the account.</summary>
internal sealed class SecondFactorRow
{
    public long UserId { get; set; }

    /// <summary>The secret that the app shares, sealed.</summary>
    public required string Secret { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>When the app's first code was shown; null as long as nothing asks for one.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>The step of the clock whose code was taken last: none of it or before is taken again.</summary>
    public long LastStep { get; set; }
}

internal sealed class SecondFactorTable : IEntityTypeConfiguration<SecondFactorRow>
{
    public void Configure(EntityTypeBuilder<SecondFactorRow> table)
    {
        table.ToTable("second_factor");
        table.HasKey(x => x.UserId).HasName("pk_second_factor");
        table.Property(x => x.UserId).HasColumnName("user_id").ValueGeneratedNever();
        table.Property(x => x.Secret).HasColumnName("secret").HasMaxLength(128);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.ConfirmedAt).HasColumnName("confirmed_at");
        table.Property(x => x.LastStep).HasColumnName("last_step");
        table
            .HasOne<AccountRow>()
            .WithOne()
            .HasForeignKey<SecondFactorRow>(x => x.UserId)
            .HasConstraintName("fk_second_factor_account")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
