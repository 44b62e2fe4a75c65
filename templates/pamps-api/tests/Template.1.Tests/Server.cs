using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Auth;
#if (STORED)
using Microsoft.EntityFrameworkCore;
#endif

namespace Template._1.Tests;

#if (STORED)
/// <summary>The whole program with a database of its own, which is gone afterwards.</summary>
#else
/// <summary>The whole program.</summary>
#endif
public sealed class Server : WebApplicationFactory<Program>
{
    public const string Origin = "https://shop.example.org";
    public const string Password = "correct horse";

    private static int names;
#if (SQLITE)

    private readonly string folder = Directory.CreateTempSubdirectory("template__1-").FullName;
#endif

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static string NewName() => $"user_{Interlocked.Increment(ref names)}";

    public static object NewAccount(string name) =>
        new
        {
            username = name,
            email = $"{name}@example.org",
            password = Password,
        };

    /// <summary>Registers somebody and signs them in.</summary>
    public async Task<HttpClient> SignInAsync(string name)
    {
        var client = CreateClient();
        using var made = await client.PostAsJsonAsync("/accounts", NewAccount(name), Stop);
        made.EnsureSuccessStatusCode();
        var form = new Dictionary<string, string> { ["username"] = name, ["password"] = Password };
        using var content = new FormUrlEncodedContent(form);
        using var answer = await client.PostAsync("/token", content, Stop);
        var tokens = await JsonAsync(answer.EnsureSuccessStatusCode());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            tokens.GetProperty("access_token").GetString()
        );
        return client;
    }

    public static Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

    /// <summary>Checks that an answer is a problem and gives its detail.</summary>
    public static async Task<string> DetailAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await JsonAsync(answer);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        var detail = problem.GetProperty("detail").GetString();
        Assert.False(string.IsNullOrEmpty(detail));
        return detail;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("SECRET_KEY", "a key for tests that is long enough");
        builder.UseSetting("APP_ORIGIN", Origin);
        // Many accounts are made here, and a good hash takes its time.
        builder.ConfigureServices(x => x.Configure<PampsAuthOptions>(it => it.PasswordIterations = 1));
#if (SQLITE)
        builder.UseSetting("DATABASE_URL", $"sqlite:///{Path.Combine(folder, "test.db")}");
#endif
#if (POSTGRES)
        var url = Environment.GetEnvironmentVariable("DATABASE_URL") ?? Database.DefaultUrl;
        var own = new UriBuilder(url) { Path = $"template__1_test_{Guid.NewGuid():N}" };
        builder.UseSetting("DATABASE_URL", own.ToString());
#endif
    }
#if (STORED)

    public override async ValueTask DisposeAsync()
    {
        await using (var scope = Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Database>().Database.EnsureDeletedAsync();
        }
        await base.DisposeAsync();
#if (SQLITE)
        Directory.Delete(folder, recursive: true);
#endif
    }
#endif
}
