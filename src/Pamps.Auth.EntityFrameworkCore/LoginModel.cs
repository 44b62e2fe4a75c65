using Microsoft.EntityFrameworkCore;

namespace Pamps.Auth.EntityFrameworkCore;

/// <summary>Adds the table of logins to a host's model.</summary>
public static class LoginModel
{
    /// <summary>Maps <see cref="PampsLogin"/>. Call it from <c>OnModelCreating</c> and add a migration.</summary>
    /// <param name="model">The host's model.</param>
    /// <param name="table">The name of the table.</param>
    /// <returns>The same model.</returns>
    public static ModelBuilder AddPampsLogins(this ModelBuilder model, string table = "pamps_login")
    {
        ArgumentNullException.ThrowIfNull(model);
        var login = model.Entity<PampsLogin>().ToTable(table);
        login.HasKey(x => x.Id);
        login.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        login.Property(x => x.AccountId).HasColumnName("account_id");
        login.Property(x => x.PasswordStamp).HasColumnName("password_stamp").HasMaxLength(44);
        login.Property(x => x.RefreshJti).HasColumnName("refresh_jti").HasMaxLength(22);
        login.Property(x => x.PreviousJti).HasColumnName("previous_jti").HasMaxLength(22);
        login.Property(x => x.ExchangedUtc).HasColumnName("exchanged_utc");
        login.Property(x => x.ExpiresUtc).HasColumnName("expires_utc");
        login.Property(x => x.Client).HasColumnName("client").HasMaxLength(200);
        login.HasIndex(x => new { x.AccountId, x.ExpiresUtc });
        return model;
    }
}
