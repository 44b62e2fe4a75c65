using System.Collections;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Server.Settings;

namespace Pamps.Server;

/// <summary>
/// Sends metrics, traces and logs by OTLP where OpenTelemetry's own variables ask for it; else none of it is even loaded.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>ASP.NET Core's name for its spans, and the driver's.</summary>
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Npgsql"];

    private static readonly string[] Meters =
    [
        Measures.MeterName,
        SignInMeasures.MeterName,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Runtime",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(Endpoint) is not { Length: > 0 } endpoint)
        {
            return;
        }
        if (
            !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        )
        {
            throw new UserErrorException(
                $"{Endpoint} is '{endpoint}'; an endpoint looks like http://127.0.0.1:4317."
            );
        }
        // The framework would leave even a request's method off its span.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        // The exporter of logs reads them from the server's own settings, where no other program's variables are.
        builder.Configuration.AddInMemoryCollection(Variables());
        builder.Logging.AddOpenTelemetry(x =>
        {
            x.IncludeFormattedMessage = true;
            x.SetResourceBuilder(Self()).AddOtlpExporter();
        });
        builder.Services.AddHostedService<Exporter>();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(x => KeyValuePair.Create((string)x.Key, (string?)x.Value))
            .Where(x => x.Key.StartsWith("OTEL_", StringComparison.Ordinal));

    /// <summary>What is sent says who sent it. The variables come last, and so win.</summary>
    private static ResourceBuilder Self() =>
        ResourceBuilder
            .CreateEmpty()
            .AddService("pamps", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3))
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();

    /// <summary>Measures and traces while the server runs, and sends the rest of it as the server stops.</summary>
    private sealed class Exporter : IHostedService, IDisposable
    {
        private MeterProvider? meters;
        private TracerProvider? tracers;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            meters = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Self())
                .AddMeter(Meters)
                .AddOtlpExporter()
                .Build();
            tracers = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Self())
                .AddSource(Sources)
                .AddProcessor(new HidePeople())
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            tracers?.Dispose();
            meters?.Dispose();
        }
    }

    /// <summary>Takes out of spans what names people or what they look for: a span says the route, as the log does.</summary>
    private sealed class HidePeople : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            data.SetTag("url.path", null);
            data.SetTag("url.query", null);
            data.SetTag("user_agent.original", null);
        }
    }
}
