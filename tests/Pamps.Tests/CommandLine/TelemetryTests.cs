using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

/// <summary>What is sent by OTLP, read as it comes: the names in it stand in protobuf as they are.</summary>
public sealed class TelemetryTests
{
    [Theory, OnEachDatabase]
    public async Task Metrics_traces_and_logs_are_sent_where_they_are_asked_for(Database database)
    {
        await using var collector = await Collector.StartAsync();
        var workplace = (await Workplace.OnAsync(database))
            .With("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address)
            .With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .With("OTEL_METRIC_EXPORT_INTERVAL", "200")
            .With("OTEL_SERVICE_NAME", "town-square");
        await using var pamps = await workplace.StartAsync("serve", "--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        var token = await SignUpAsync(http, "ana");
        using var stream = await OpenStreamAsync(http, token);
        await collector.WaitForAsync("metrics", "pamps.stream.active");
        await pamps.SignalAsync("TERM");
        (await pamps.EndAsync()).Succeeded();

        string[] metrics =
        [
            "town-square",
            "http.server.request.duration",
            "pamps.write.duration",
            "pamps.sign_in",
            database == Database.Sqlite ? "pamps.write.group_size" : "db.client.",
        ];
        Assert.All(metrics, x => Assert.Contains(x, collector.Received("metrics"), StringComparison.Ordinal));
        Assert.Contains("/user/{username}/", collector.Received("traces"), StringComparison.Ordinal);
        Assert.Contains("Pamps.Server.Http.RequestLog", collector.Received("logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_names_no_people_and_holds_no_secret()
    {
        await using var collector = await Collector.StartAsync();
        var workplace = (await Workplace.OnAsync(Database.Sqlite))
            .With("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address)
            .With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        await using var pamps = await workplace.StartAsync("serve", "--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        var token = await SignUpAsync(http, "valdirene");
        (await http.GetAsync(new Uri("/search/?q=valdirene", UriKind.Relative), Stop)).Dispose();
        (await http.GetAsync(new Uri("/no/such/valdirene", UriKind.Relative), Stop)).Dispose();
        await pamps.SignalAsync("TERM");
        (await pamps.EndAsync()).Succeeded();

        foreach (var signal in new[] { "metrics", "traces", "logs" })
        {
            var received = collector.Received(signal);
            Assert.NotEmpty(received);
            Assert.DoesNotContain("valdirene", received, StringComparison.Ordinal);
            Assert.DoesNotContain(token, received, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_sent_and_no_address_is_said_in_one_line_if_it_is_none()
    {
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).With(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "here"
        );
        var line = (await workplace.RunAsync("serve", "--port", "0")).Refused();
        Assert.Equal(
            "pamps: OTEL_EXPORTER_OTLP_ENDPOINT is 'here'; an endpoint looks like http://127.0.0.1:4317.",
            line
        );
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A new user, who has looked at their own profile; answers with their token.</summary>
    private static async Task<string> SignUpAsync(HttpClient http, string username)
    {
        const string password = "a long enough secret";
        using var made = await http.PostAsJsonAsync(
            "/user/",
            new
            {
                username,
                password,
                email = $"{username}@example.org",
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var form = new FormUrlEncodedContent([new("username", username), new("password", password)]);
        using var signedIn = await http.PostAsync(new Uri("/token", UriKind.Relative), form, Stop);
        var tokens = await signedIn.Content.ReadFromJsonAsync<JsonNode>(Stop);
        (await http.GetAsync(new Uri($"/user/{username}/", UriKind.Relative), Stop)).Dispose();
        return (string)tokens!["access_token"]!;
    }

    private static async Task<HttpResponseMessage> OpenStreamAsync(HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/stream/");
        request.Headers.Authorization = new("Bearer", token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly ConcurrentDictionary<string, StringBuilder> received = new();
        private readonly SemaphoreSlim arrived = new(0);

        private Collector(WebApplication app) => this.app = app;

        public string Address => app.Urls.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector.app.Run(collector.TakeAsync);
            await collector.app.StartAsync(Stop);
            return collector;
        }

        public string Received(string signal)
        {
            var all = received.GetOrAdd(signal, _ => new StringBuilder());
            lock (all)
            {
                return all.ToString();
            }
        }

        public async Task WaitForAsync(string signal, string name)
        {
            while (!Received(signal).Contains(name, StringComparison.Ordinal))
            {
                await arrived.WaitAsync(Stop);
            }
        }

        public ValueTask DisposeAsync()
        {
            arrived.Dispose();
            return app.DisposeAsync();
        }

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var all = received.GetOrAdd(context.Request.Path.Value!.Split('/')[^1], _ => new StringBuilder());
            lock (all)
            {
                all.Append(Encoding.Latin1.GetString(body.ToArray()));
            }
            arrived.Release();
        }
    }
}
