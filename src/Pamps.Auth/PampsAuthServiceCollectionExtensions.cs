using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>Adds sign-in to a host.</summary>
public static class PampsAuthServiceCollectionExtensions
{
    /// <summary>
    /// Adds passwords, tokens, the throttle, the <c>Bearer</c> scheme as the default one, the
    /// <c>fresh</c> policy and problem details. The clock is the registered <see cref="TimeProvider"/>,
    /// or the system's. Logins live in memory until a login store is named. Calling it twice adds nothing twice but the scheme, which throws at start.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; null when the host binds them elsewhere.</param>
    /// <returns>A builder to say with where accounts and logins live.</returns>
    /// <remarks>
    /// Options that are not valid make the host's start throw
    /// <see cref="OptionsValidationException"/>, with a sentence for each; nobody who leaves it unhandled sees
    /// more than them.
    /// </remarks>
    public static PampsAuthBuilder AddPampsAuth(
        this IServiceCollection services,
        Action<PampsAuthOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PampsAuthOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PampsAuthOptions>, PampsAuthOptionsValidator>()
        );
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PasswordHashing>();
        services.TryAddSingleton<Tokens>();
        services.TryAddSingleton<PurposeKeys>();
        services.TryAddSingleton<ISignInFailureStore, InMemoryFailureStore>();
        services.TryAddSingleton<SignInThrottle>();
        services.TryAddScoped<SignInService>();
        services.TryAddSingleton<InMemoryLogins>();
        services.TryAddScoped<ILoginStore, InMemoryLoginStore>();
        services.AddProblemDetails();
        // Behind the host's own, which decide; a host without reflection needs it to describe the endpoints.
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Add(PampsAuthJson.Default)
        );
        // AddAuthentication would add data protection too, which writes keys to disk that nothing uses.
        services.AddAuthenticationCore(schemes => schemes.DefaultScheme = PampsAuthDefaults.Scheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerHandler>(
            PampsAuthDefaults.Scheme,
            null
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, FreshHandler>());
        services
            .AddAuthorizationBuilder()
            .AddPolicy(PampsAuthDefaults.FreshPolicy, policy =>
                policy.RequireAuthenticatedUser().AddRequirements(new FreshRequirement())
            );
        return new PampsAuthBuilder(services);
    }
}
