using Microsoft.EntityFrameworkCore;

namespace Pamps.Auth.EntityFrameworkCore;

/// <summary>Registers the store.</summary>
public static class LoginStoreRegistration
{
    /// <summary>
    /// Keeps logins in the context's database. The context is a scoped service whose model has
    /// <see cref="LoginModel.AddPampsLogins"/>.
    /// </summary>
    /// <typeparam name="TDbContext">The host's context.</typeparam>
    /// <param name="builder">From <c>AddPampsAuth</c>.</param>
    /// <returns>The same builder.</returns>
    public static PampsAuthBuilder AddEntityFrameworkLoginStore<TDbContext>(this PampsAuthBuilder builder)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddLoginStore<EfLoginStore<TDbContext>>();
    }
}
