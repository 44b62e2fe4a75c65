using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Auth;

namespace Orders.Tests;

/// <summary>The sample with a database of its own.</summary>
internal sealed class Server : WebApplicationFactory<Program>
{
    public const string Password = "correct horse";

    private readonly string folder = Directory.CreateTempSubdirectory("orders-tests-").FullName;

    public string Database => Path.Combine(folder, "orders.db");

    public Client Anonymous() => new(CreateClient());

    public async Task<Client> RegisterAsync(string name)
    {
        var client = Anonymous();
        var email = $"{name}@example.org";
        var created = await client.PostAsync("/auth/create_account", NewAccount(name));
        Assert.Equal(201, (int)created.Status);
        var signedIn = await client.PostAsync("/auth/login", new { email, password = Password });
        return client.With((string)signedIn["access_token"]!);
    }

    public static object NewAccount(string name) =>
        new
        {
            name,
            email = $"{name}@example.org",
            password = Password,
        };

    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("DATABASE_URL", $"sqlite:///{Database}");
        builder.UseSetting("SECRET_KEY", "a key for tests that is long enough for HS256");
        // Hashing is what would take the time.
        builder.ConfigureTestServices(x => x.Configure<PampsAuthOptions>(it => it.PasswordIterations = 1000));
    }
}
