using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Settings;

public sealed partial class LogTests
{
    private const string Password = "staple battery horse";
    private const string Username = "quetzal";
    private const string Email = "someone-private@example.org";
    private static readonly string Key = new('k', 64);

    [Theory, OnEachDatabase]
    public async Task Logs_hold_nothing_that_is_secret_even_when_they_hold_much(Database database)
    {
        var workplace = (await Workplace.OnAsync(database))
            .With("PAMPS_ENV", "production")
            .With("PAMPS_SECURITY__PASSWORD_ITERATIONS", "210000")
            .With("PAMPS_SECURITY__SECRET_KEY", Key)
            .With("PAMPS_LOGGING__LOGLEVEL__DEFAULT", "Debug")
            .With("PAMPS_DB__ECHO", "true");
        await using var pamps = await workplace.StartAsync("--port", "0");
        var secrets = await UseAsync(await pamps.ListensAsync());
        await pamps.SaysAsync(x => x.Contains("POST /logout 204", StringComparison.Ordinal));
        await pamps.SignalAsync("TERM");
        var ran = await pamps.EndAsync();

        Assert.Contains("INSERT INTO", ran.Output, StringComparison.Ordinal);
        Assert.All(secrets, x => Assert.DoesNotContain(x, ran.All, StringComparison.OrdinalIgnoreCase));
        var requests = ran.Output.Split('\n').Where(x => x.Contains("RequestLog", StringComparison.Ordinal));
        Assert.All(requests, x => Assert.DoesNotContain(Username, x, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_is_one_line_with_method_route_status_duration_and_trace()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        await using var pamps = await workplace.StartAsync("--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        using var missing = await http.GetAsync(
            new Uri("/user/nobody/", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var body = await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var trace = (string)JsonNode.Parse(body)!["trace_id"]!;
        await pamps.SaysAsync(x => x.Contains(trace, StringComparison.Ordinal));

        var line = Assert.Single(pamps.Output.Split('\n'), x =>
            x.Contains("RequestLog", StringComparison.Ordinal)
        );
        var request = RequestLine().Match(line);
        Assert.True(request.Success, line);
        Assert.Equal(trace, request.Groups["trace"].Value);
        Assert.DoesNotContain("INSERT", pamps.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_refused_says_of_whom_and_from_where()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        await using var pamps = await workplace.StartAsync("--port", "0");
        using var ana = new Client(await pamps.ListensAsync(), "ana", id: 0);
        await ana.RegisterAsync();
        (await ana.GetAsync("/moderation/report/")).Refused(HttpStatusCode.Forbidden);
        await SaysAsync($"GET /moderation/report/ 403 .* account={ana.Id} network=[0-9a-f]{{16}}$");
        ana.UseAccessToken("");
        (await ana.GetAsync("/user/me/")).Refused(HttpStatusCode.Unauthorized);
        await SaysAsync(@"GET /user/me/ 401 .* account=(\(null\))? network=[0-9a-f]{16}$");

        Task SaysAsync(string line) => pamps.SaysAsync(x => Regex.IsMatch(x, line, RegexOptions.Multiline));
    }

    [Fact]
    public async Task A_request_that_ends_in_an_exception_has_its_route_in_the_log_too()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        await using var pamps = await workplace.StartAsync("--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        using var refused = await http.PostAsync(
            new Uri("/user/", UriKind.Relative),
            Json(new { bio = new string('a', 200_000) }),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        await pamps.SaysAsync(x => x.Contains("POST /user/ 413", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_as_JSON_are_an_object_a_line()
    {
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).With("PAMPS_LOG__FORMAT", "json");
        await using var pamps = await workplace.StartAsync("--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        using var live = await http.GetAsync(
            new Uri("/health/live", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        await pamps.SaysAsync(x => x.Contains("/health/live", StringComparison.Ordinal));
        await pamps.SignalAsync("TERM");
        var lines = (await pamps.EndAsync()).Output.Split('\n').Where(x => x.StartsWith('{')).ToList();

        var request = Assert.Single(lines.Select(x => JsonNode.Parse(x)!), x =>
            ((string)x["Category"]!).EndsWith("RequestLog", StringComparison.Ordinal)
        );
        var state = request["State"]!;
        Assert.Equal("GET", (string)state["Method"]!);
        Assert.Equal("/health/live", (string)state["Route"]!);
        Assert.Equal(200, (int)state["Status"]!);
        Assert.True((double)state["Duration"]! > 0);
        Assert.Matches("^[0-9a-f]{32}$", (string)state["TraceId"]!);
    }

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: Pamps\.Server\.Http\.RequestLog\[1\] GET /user/\{username\}/ 404 \d+\.\d ms (?<trace>[0-9a-f]{32})$"
    )]
    private static partial Regex RequestLine();

    /// <summary>Signs up, in and out, and writes; answers with all that was secret in it.</summary>
    private static async Task<List<string>> UseAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        await PostAsync(
            "/user/",
            Json(
                new
                {
                    email = Email,
                    username = Username,
                    password = Password,
                }
            ),
            201
        );
        await PostAsync("/token", Form(Username, "wrong " + Password), 401);
        var tokens = await PostAsync("/token", Form(Email, Password), 200);
        var access = (string)tokens!["access_token"]!;
        var refresh = (string)tokens["refresh_token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        await PostAsync("/post/", Json(new { text = "Good morning" }), 201);
        var renewed = await PostAsync("/refresh_token", Json(new { refresh_token = refresh }), 200);
        var change = new { current_password = Password, new_password = Password + " again" };
        await PostAsync("/user/me/password/", Json(change), 204);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access + "x");
        await PostAsync("/post/", Json(new { text = "Good evening" }), 401);
        await PostAsync("/logout", Json(new { refresh_token = (string)renewed!["refresh_token"]! }), 204);
        string[] all = [access, refresh, (string)renewed["access_token"]!, (string)renewed["refresh_token"]!];
        return [Password, Email, Key, .. all, .. all.Select(x => x.Split('.')[2])];

        async Task<JsonNode?> PostAsync(string path, HttpContent content, int status)
        {
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True((HttpStatusCode)status == answer.StatusCode, $"{path}: {answer.StatusCode} {body}");
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
    }

    private static JsonContent Json(object body) => JsonContent.Create(body, body.GetType());

    private static FormUrlEncodedContent Form(string username, string password) =>
        new(new Dictionary<string, string> { ["username"] = username, ["password"] = password });
}
