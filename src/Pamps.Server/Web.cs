using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Pamps.Api;
using Pamps.Core;
using Pamps.Http;
using Pamps.Pages;
using Pamps.Server.Http;
using Pamps.Server.Settings;

namespace Pamps.Server;

/// <summary>The web server: services, then middleware from the outside in, then routes.</summary>
internal static class Web
{
    /// <param name="settings">What was set.</param>
    /// <param name="change">Changes the services last of all: what a process of its own has besides; tests put their own clock in.</param>
    public static WebApplication Build(RunSettings settings, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                EnvironmentName = settings.Environment,
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = "pamps",
                // All settings are read before; a watch over the builder's own files would be for nothing.
                Args = ["--hostBuilder:reloadConfigOnChange=false"],
            }
        );
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(settings.Configuration);
        builder.Services.AddKnownGenerics();
        var hasStarted = false;
        builder.AddLogs(settings.Options, () => hasStarted);
        builder.AddTelemetry();
        var address = ReadAddress(settings);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, settings.Options, address));
        builder.Services.Configure<HostOptions>(x => x.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddPamps(settings);
        builder.Services.AddPampsApi();
        builder.Services.AddPampsDocs();
        builder.Services.AddPampsPages(typeof(Web).Assembly);
        builder.Services.AddHostedService<ConnectionLimitLog>();
        builder.Services.AddHostedService<JobsService>();
        builder.Services.AddHostedService<InstancesService>();
        var origins = ReadOrigins(settings);
        builder.Services.AddCors(x =>
        {
            x.AddDefaultPolicy(policy => AllowOrigins(policy, origins));
            x.AddPolicy(ApiRoutes.AnyOrigin, policy => AllowOrigins(policy, ["*"]));
        });
        builder.Services.AddRequestTimeouts(x =>
            x.DefaultPolicy = new()
            {
                Timeout = TimeSpan.FromSeconds(settings.Options.Http.RequestTimeoutSeconds),
                TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            }
        );
        change?.Invoke(builder.Services);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        UseProxies(app, settings);
        app.UseMiddleware<RequestLog>();
        app.UseLastAnswers();
        app.UseSecurityHeaders(settings.Options.Http.HstsDays);
        app.UsePampsProblems();
        app.UseOwnHosts();
        app.UseRoutingForHeadToo();
        app.UseCors();
        app.UsePlainBodies();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRequestLimits();
        app.UseAuthorization();
        app.MapPampsApi();
        app.MapPampsDocs();
        app.MapPampsPages();
        return app;
    }

    private static void Limit(
        Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel,
        PampsOptions options,
        IPAddress? address
    )
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.Http.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        ConnectionLimit.Set(kestrel.Limits, options);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Longer than proxies keep a connection for the next request (nginx 60 s), so that none is closed as it comes.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        // A socket unit of systemd has opened the socket already: it keeps those who come during a restart.
        if (
            Environment.GetEnvironmentVariable("LISTEN_PID")
            == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
        )
        {
            kestrel.UseSystemd();
        }
        else if (address is null)
        {
            kestrel.ListenLocalhost(options.Port);
        }
        else
        {
            kestrel.Listen(address, options.Port);
        }
    }

    /// <summary>The address to listen on; null for localhost, which is two.</summary>
    private static IPAddress? ReadAddress(RunSettings settings) =>
        settings.Options.Host == "localhost" ? null
        : IPAddress.TryParse(settings.Options.Host, out var address) ? address
        : throw new UserErrorException(
            $"{settings.NameOf("HOST")} is '{settings.Options.Host}'; it must be an IP address or localhost."
        );

    /// <summary>Refuses what no browser sends as its origin, and so would never match.</summary>
    private static string[] ReadOrigins(RunSettings settings)
    {
        // A browser sends an origin without the slash that its address bar shows.
        string[] origins = [.. Split(settings.Options.AppOrigin).Select(x => x.TrimEnd('/'))];
        foreach (var origin in origins)
        {
            var isOrigin =
                origin is "*" or "null"
                || (
                    Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                    && uri.Host.Length > 0
                    && uri.PathAndQuery is "/" or ""
                );
            if (!isOrigin)
            {
                throw new UserErrorException(
                    $"{settings.NameOf("APP_ORIGIN")} holds '{origin}'; an origin looks like https://example.org."
                );
            }
        }
        return origins;
    }

    private static void AllowOrigins(
        Microsoft.AspNetCore.Cors.Infrastructure.CorsPolicyBuilder policy,
        string[] origins
    ) =>
        policy
            .WithOrigins(origins)
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(
                "Link",
                "Location",
                "ETag",
                "Retry-After",
                "RateLimit",
                "RateLimit-Policy",
                "WWW-Authenticate",
                "Search-Incomplete"
            )
            .SetPreflightMaxAge(TimeSpan.FromHours(1));

    private static void UseProxies(WebApplication app, RunSettings settings)
    {
        var proxies = Split(settings.Options.Http.TrustedProxies);
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // Through every proxy that is trusted, not the last alone; the first that is not is the client.
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(proxy, out var network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new UserErrorException(
                    $"{settings.NameOf("HTTP:TRUSTED_PROXIES")} holds '{proxy}', which is neither an address nor a network such as 10.0.0.0/8."
                );
            }
        }
        app.UseMiddleware<UntrustedProxyLog>(forwarded);
        if (proxies.Length > 0)
        {
            app.UseForwardedHeaders(forwarded);
        }
    }

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether this build has the web client.</summary>
    public static bool HasClient(WebApplication app) => app.HasWebClient();

    /// <summary>Where the server listens, once it has started.</summary>
    public static string Address(WebApplication app) =>
        app
            .Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
}
