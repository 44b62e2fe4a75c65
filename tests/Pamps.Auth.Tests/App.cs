using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pamps.Auth.Tests;

/// <summary>A small host of the library, as its users would write one.</summary>
internal static class App
{
    public static WebApplication Build(TimeProvider time, Action<PampsAuthOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        builder.Services.AddPampsAuth(configure).AddInMemoryStores();
        builder.Services.AddSingleton<IAccountStore, StrictAccountStore>();
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddOpenApi(options => options.AddPampsSecurity());
        builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = it =>
                it.ProblemDetails.Extensions = new Dictionary<string, object?> { ["trace_id"] = "t" }
        );
        var app = builder.Build();
        app.Use(TakeAddress);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPampsTokens();
        app.MapPampsJsonSignIn();
        app.MapPampsBrowserSession();
        app.MapOpenApi("/openapi.json");
        app.MapGet("/open", (SignedIn? me) => me?.Username ?? "nobody");
        app.MapGet("/me", (SignedIn me) => me).RequireAuthorization();
        app.MapGet("/fresh", (SignedIn me) => me.Username).RequireFresh();
        app.MapGet("/boss", (SignedIn me) => me.Username)
            .RequireAuthorization(policy => policy.RequireRole(PampsAuthDefaults.SuperuserRole));
        return app;
    }

    private static Task TakeAddress(HttpContext context, RequestDelegate next)
    {
        context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers["From"], out var from)
            ? from
            : null;
        return next(context);
    }
}
