using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Http.Accounts;

namespace Pamps.Http;

/// <summary>What doors add to the services.</summary>
public static class HttpServices
{
    /// <summary>Adds what every HTTP door stands on: problems, JSON, links, the way out of a stop.</summary>
    public static IServiceCollection AddPampsHttp(this IServiceCollection services)
    {
        // Ahead of the framework's own, whoever added that before.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemWriter>());
        services.AddProblemDetails();
        services.AddSingleton<OutageLog>();
        services.AddSingleton<SiteLinks>();
        services.ConfigureHttpJsonOptions(HttpJson.Configure);
        services.Configure<RouteHandlerOptions>(x => x.ThrowOnBadRequest = true);
        services.AddHostedService<Drain>();
        return services;
    }

    /// <summary>
    /// Joins Pamps.Auth and Core: accounts, logins and failures are kept by Core, passwords are hashed by Pamps.Auth. All
    /// that the command line needs of HTTP's side.
    /// </summary>
    public static IServiceCollection AddPampsAccounts(
        this IServiceCollection services,
        Action<PampsAuthOptions> auth
    )
    {
        services
            .AddPampsAuth(auth)
            .AddAccountStore<PampsAccounts>()
            .AddLoginStore<PampsLogins>()
            .AddSecondFactorStore<PampsSecondFactors>()
            .AddPasskeyStore<PampsPasskeys>()
            .AddOAuthStore<PampsApplications>()
            .AddFailureStore<PampsFailures>();
        return services
            .AddScoped<Caller>()
            .AddSingleton<IPasswords, PampsPasswords>()
            .AddSingleton<ISecondFactorCodes, PampsCodes>()
            .AddSingleton<IPasskeyMaker, PampsPasskeyMaker>()
            .AddSingleton<IPurposeKeys, PampsKeys>();
    }
}
