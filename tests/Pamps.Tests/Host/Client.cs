using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pamps.Tests.Host;

/// <summary>A person with a client program: sends requests and keeps their tokens.</summary>
public sealed class Client : IDisposable
{
    public const string DefaultPassword = "correct horse";

    private readonly HttpClient http;
    private readonly PampsServer? server;

    public Client(PampsServer server, string username, long id)
        : this(server.Address, username, id) => this.server = server;

    /// <summary>A client of a server in another process.</summary>
    public Client(Uri address, string username, long id)
    {
        Address = address;
        Username = username;
        Id = id;
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            }
        )
        {
            BaseAddress = address,
        };
    }

    public Uri Address { get; }

    /// <summary>The server, when it runs in this process.</summary>
    public PampsServer Server => server ?? throw new InvalidOperationException("It is another process.");

    public string Username { get; }
    public string Email => $"{Username}@example.org";
    public long Id { get; private set; }
    public string AccessToken { get; private set; } = "";
    public string RefreshToken { get; private set; } = "";

    public async Task RegisterAsync(string password = DefaultPassword)
    {
        var user = await PostAsync(
            "/user/",
            new
            {
                email = Email,
                username = Username,
                password,
            }
        );
        Assert.Equal(HttpStatusCode.Created, user.Status);
        Id = (long)user["id"]!;
        await SignInAsync(password);
    }

    public async Task SignInAsync(string password = DefaultPassword)
    {
        var tokens = await TrySignInAsync(Username, password);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Use(tokens);
    }

    /// <summary>Asks for tokens and keeps none.</summary>
    public Task<Answer> TrySignInAsync(string username, string password) =>
        SendAsync(
            HttpMethod.Post,
            "/token",
            new FormUrlEncodedContent(
                new Dictionary<string, string> { ["username"] = username, ["password"] = password }
            )
        );

    /// <summary>Sends these tokens from now on.</summary>
    public void Use(Answer tokens)
    {
        AccessToken = (string)tokens["access_token"]!;
        RefreshToken = (string)tokens["refresh_token"]!;
    }

    /// <summary>Sends this as the access token from now on; an empty one sends none.</summary>
    public void UseAccessToken(string token) => AccessToken = token;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    ) => SendAsync(HttpMethod.Post, path, ToContent(body), headers);

    public Task<Answer> PutAsync(string path, object body) =>
        SendAsync(HttpMethod.Put, path, ToContent(body));

    public Task<Answer> PatchAsync(string path, object body) =>
        SendAsync(HttpMethod.Patch, path, ToContent(body));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Writes a post and answers with its id.</summary>
    public async Task<long> WriteAsync(string text, long? parentId = null)
    {
        var post = await PostAsync("/post/", new { text, parent_id = parentId });
        Assert.Equal(HttpStatusCode.Created, post.Status);
        return (long)post["id"]!;
    }

    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (AccessToken.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {AccessToken}");
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A body that is sent as it is written.</summary>
    public static StringContent Raw(string text, string mediaType = "application/json") =>
        new(text, Encoding.UTF8, mediaType);

    public void Dispose() => http.Dispose();

    private static HttpContent? ToContent(object? body) =>
        body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body, body.GetType()),
        };
}

/// <summary>An answer, read to its end.</summary>
public sealed class Answer
{
    public Answer(HttpResponseMessage response, string body)
    {
        Status = response.StatusCode;
        Body = body;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        Headers = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(x => x.Key, x => string.Join(", ", x.Value), StringComparer.OrdinalIgnoreCase);
    }

    public HttpStatusCode Status { get; }
    public string Body { get; }
    public string? MediaType { get; }
    public IReadOnlyDictionary<string, string> Headers { get; }

    public JsonNode Json => JsonNode.Parse(Body)!;
    public JsonNode? this[string field] => Json[field];
    public JsonArray Items => Json.AsArray();
    public IReadOnlyList<long> Ids => [.. Items.Select(x => (long)x!["id"]!)];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The address of the page that a Link header names, or null.</summary>
    public string? Link(string rel)
    {
        // Not split at commas: addresses may hold them.
        var links = Regex.Matches(Header("Link") ?? "", "<([^>]*)>; rel=\"([a-z]+)\"");
        return links.SingleOrDefault(x => x.Groups[2].Value == rel)?.Groups[1].Value;
    }

    /// <summary>Checks that this is a refusal in the promised form, and answers with its sentence.</summary>
    public string Refused(HttpStatusCode status)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((int)status, (int)this["status"]!);
        Assert.NotEmpty((string)this["title"]!);
        Assert.NotEmpty((string)this["type"]!);
        Assert.NotEmpty((string)this["trace_id"]!);
        Assert.Equal(
            status == HttpStatusCode.UnprocessableEntity,
            this["errors"] is JsonObject { Count: > 0 }
        );
        ProblemTable.Check((int)status, Json);
        if (status == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("Bearer", Header("WWW-Authenticate"));
        }
        return (string)this["detail"]!;
    }
}
