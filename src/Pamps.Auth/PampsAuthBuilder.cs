using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pamps.Auth;

/// <summary>Says where accounts and logins live; from <c>AddPampsAuth</c>.</summary>
public sealed class PampsAuthBuilder
{
    internal PampsAuthBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services, for registering a store in another way.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Registers where accounts live, one instance a request.</summary>
    /// <typeparam name="TStore">The host's store.</typeparam>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddAccountStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >()
        where TStore : class, IAccountStore
    {
        Services.AddScoped<IAccountStore, TStore>();
        return this;
    }

    /// <summary>
    /// Registers where logins live, one instance a request. Without it they live in memory and end with
    /// the process.
    /// </summary>
    /// <typeparam name="TStore">The host's store.</typeparam>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddLoginStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >()
        where TStore : class, ILoginStore
    {
        Services.AddScoped<ILoginStore, TStore>();
        return this;
    }

    /// <summary>
    /// Registers where second factors live, one instance a request. Without it accounts have none.
    /// </summary>
    /// <typeparam name="TStore">The host's store.</typeparam>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddSecondFactorStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >()
        where TStore : class, ISecondFactorStore
    {
        Services.AddScoped<ISecondFactorStore, TStore>();
        return this;
    }

    /// <summary>
    /// Registers where passkeys live, one instance a request; <see cref="PampsAuthOptions.PasskeyOrigin"/> says where they are used. Without
    /// it there are none, and their endpoints (<see cref="PampsPasskeyEndpoints.MapPampsPasskeys"/>) cannot be mapped.
    /// </summary>
    /// <typeparam name="TStore">The host's store.</typeparam>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddPasskeyStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >()
        where TStore : class, IPasskeyStore
    {
        Services.TryAddSingleton<PasskeyCeremonies>();
        Services.TryAddScoped<PasskeyChecks>();
        Services.AddScoped<IPasskeyStore, TStore>();
        return this;
    }

    /// <summary>
    /// Registers where programs that people let in live, one instance a request. Without it there are none, and their endpoints
    /// (<see cref="PampsOAuthEndpoints.MapPampsOAuth"/>) cannot be mapped.
    /// </summary>
    /// <typeparam name="TStore">The host's store.</typeparam>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddOAuthStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >()
        where TStore : class, IOAuthStore
    {
        Services.AddScoped<IOAuthStore, TStore>();
        return this;
    }

    /// <summary>
    /// Registers where failed sign-ins are counted, one instance for all. Without it each process counts for itself.
    /// </summary>
    /// <typeparam name="TStore">The host's store.</typeparam>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddFailureStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >()
        where TStore : class, ISignInFailureStore
    {
        Services.AddSingleton<ISignInFailureStore, TStore>();
        return this;
    }

    /// <summary>
    /// Registers <see cref="InMemoryAccountStore"/>, and keeps logins in memory too.
    /// </summary>
    /// <returns>This builder.</returns>
    public PampsAuthBuilder AddInMemoryStores()
    {
        Services.TryAddSingleton<InMemoryAccountStore>();
        Services.AddSingleton<IAccountStore>(from => from.GetRequiredService<InMemoryAccountStore>());
        return this;
    }
}
