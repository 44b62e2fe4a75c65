using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Auth;

namespace Blog.Tests;

public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>The sample with a database of its own, which it makes itself.</summary>
internal sealed class Server : WebApplicationFactory<Program>
{
    public const string Password = "correct horse";

    private readonly string folder = Directory.CreateTempSubdirectory("blog-tests-").FullName;
    private readonly string database;

    public Server(Database kind) =>
        database =
            kind == Database.Sqlite
                ? $"sqlite:///{Path.Combine(folder, "blog.db")}"
                : new UriBuilder(Postgres()) { Path = $"blog_{Guid.NewGuid():N}" }.Uri.ToString();

    public Client Anonymous() => new(CreateClient());

    public async Task<Client> RegisterAsync(string name)
    {
        var client = Anonymous();
        Assert.Equal(201, (int)(await client.PostAsync("/users", NewUser(name))).Status);
        var token = await client.FormAsync("/login", $"{name}@example.org", Password);
        return client.With((string)token["access_token"]!);
    }

    public static object NewUser(string name) => new { email = $"{name}@example.org", password = Password };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("DATABASE_URL", database);
        builder.UseSetting("SECRET_KEY", "a key for tests that is long enough for HS256");
        // Hashing is what would take the time.
        builder.ConfigureTestServices(x => x.Configure<PampsAuthOptions>(it => it.PasswordIterations = 1000));
    }

    private static string Postgres() =>
        Environment.GetEnvironmentVariable("PAMPS_TEST_POSTGRES") is { Length: > 0 } uri
            ? uri
            : throw new InvalidOperationException(
                "Tests need a PostgreSQL server. ./test.sh brings one up; or set PAMPS_TEST_POSTGRES=postgresql://user:password@host:port/postgres to one where they may make databases."
            );
}
