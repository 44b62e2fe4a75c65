using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;
using Microsoft.Extensions.WebEncoders;
using Pamps.Auth;
using Pamps.Server.Http;
using Swashbuckle.AspNetCore.ReDoc;
using Swashbuckle.AspNetCore.SwaggerUI;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.Server.Settings;

/// <summary>
/// Registers the generic services of the framework for the types that a start asks for. They are the framework's own, but known when compiling: a
/// native file puts together as it runs what it was not told of, which was a fifth of its start. What is missing here works all the same.
/// </summary>
internal static class KnownGenerics
{
    public static void AddKnownGenerics(this IServiceCollection services)
    {
        services.AddOptionsOf<AuthenticationOptions>();
        services.AddOptionsOf<AuthenticationSchemeOptions>();
        services.AddOptionsOf<AuthorizationOptions>();
        services.AddOptionsOf<ConsoleFormatterOptions>();
        services.AddOptionsOf<ConsoleLifetimeOptions>();
        services.AddOptionsOf<CorsOptions>();
        services.AddOptionsOf<FormOptions>();
        services.AddOptionsOf<HostFilteringOptions>();
        services.AddOptionsOf<HostOptions>();
        services.AddOptionsOf<JsonConsoleFormatterOptions>();
        services.AddOptionsOf<JsonOptions>();
        services.AddOptionsOf<KestrelServerOptions>();
        services.AddOptionsOf<LoggerFactoryOptions>();
        services.AddOptionsOf<LoggerFilterOptions>();
        services.AddOptionsOf<MetricsOptions>();
        services.AddOptionsOf<PampsAuthOptions>();
        services.AddOptionsOf<ProblemDetailsOptions>();
        services.AddOptionsOf<ReDocOptions>();
        services.AddOptionsOf<RequestTimeoutOptions>();
        services.AddOptionsOf<RouteHandlerOptions>();
        services.AddOptionsOf<RouteOptions>();
        services.AddOptionsOf<SimpleConsoleFormatterOptions>();
        services.AddOptionsOf<SocketTransportOptions>();
        services.AddOptionsOf<SwaggerUIOptions>();
        services.AddOptionsOf<ValidationOptions>();
        services.AddOptionsOf<WebEncoderOptions>();
        services.AddLoggerOf<AuthorizationMiddleware>();
        services.AddLoggerOf<ConnectionLimitLog>();
        services.AddLoggerOf<HostFilteringMiddleware>();
        services.AddLoggerOf<RequestLog>();
        services.AddLoggerOf<UntrustedProxyLog>();
    }

    private static void AddLoggerOf<T>(this IServiceCollection services) =>
        services.TryAddSingleton<ILogger<T>, Logger<T>>();

    private static void AddOptionsOf<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T
    >(this IServiceCollection services)
        where T : class
    {
        services.TryAddSingleton<IOptions<T>, OptionsManager<T>>();
        services.TryAddScoped<IOptionsSnapshot<T>, OptionsManager<T>>();
        services.TryAddTransient<IOptionsFactory<T>, OptionsFactory<T>>();
        services.TryAddSingleton<IOptionsMonitor<T>, OptionsMonitor<T>>();
        services.TryAddSingleton<IOptionsMonitorCache<T>, OptionsCache<T>>();
    }
}
