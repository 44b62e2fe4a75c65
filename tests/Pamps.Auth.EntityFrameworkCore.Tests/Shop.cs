using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Pamps.Auth.EntityFrameworkCore.Tests;

public enum Database
{
    Sqlite,
    Postgres,
}

internal sealed class User
{
    public long Id { get; init; }
    public required string Email { get; init; }
    public required string Hash { get; set; }
    public bool Active { get; set; } = true;
}

internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddPampsLogins();
}

internal sealed class ShopAccounts(ShopDb db) : IAccountStore
{
    public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken) =>
        Find(db.Users.Where(x => x.Email == usernameOrEmail), cancellationToken);

    public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        Find(db.Users.Where(x => x.Id == accountId), cancellationToken);

    private static Task<Account?> Find(IQueryable<User> users, CancellationToken cancellationToken) =>
        users
            .Select(x => new Account(x.Id, x.Email, x.Hash, x.Active, false))
            .FirstOrDefaultAsync(cancellationToken);
}

/// <summary>A host with one account and a database of its own.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly ServiceProvider services;
    private readonly string? folder;
    private long accountId;

    private Shop(Database database)
    {
        var all = new ServiceCollection();
        all.AddLogging();
        all.AddPampsAuth(x =>
            {
                x.SecretKey = "a key for tests that is long enough for HS256";
                x.PasswordIterations = 1000;
            })
            .AddAccountStore<ShopAccounts>()
            .AddEntityFrameworkLoginStore<ShopDb>();
        if (database == Database.Sqlite)
        {
            folder = Directory.CreateTempSubdirectory("pamps-tests-").FullName;
            all.AddDbContext<ShopDb>(x => x.UseSqlite($"Data Source={Path.Combine(folder, "shop.db")}"));
        }
        else
        {
            var connection = NewPostgres();
            all.AddDbContext<ShopDb>(x => x.UseNpgsql(connection));
        }

        services = all.BuildServiceProvider(validateScopes: true);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Shop> OpenAsync(Database database)
    {
        var shop = new Shop(database);
        var hash = await shop.HashAsync(Password);
        await shop.DoAsync(async db =>
        {
            await db.Database.EnsureCreatedAsync(Stop);
            var user = new User { Email = "ana", Hash = hash };
            db.Add(user);
            await db.SaveChangesAsync(Stop);
            shop.accountId = user.Id;
            return user.Id;
        });
        return shop;
    }

    public Task<string> HashAsync(string password) =>
        services.GetRequiredService<PasswordHashing>().HashAsync(password, Stop);

    public async Task<T> DoAsync<T>(Func<ShopDb, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ShopDb>());
    }

    public Task ChangeAsync(Action<User> change) =>
        DoAsync(async db =>
        {
            change(await db.Users.SingleAsync(Stop));
            return await db.SaveChangesAsync(Stop);
        });

    public Task<TokenPair?> SignInAsync(string password = Password, string? client = null) =>
        AskAsync(async it =>
            await it.SignInAsync(
                "ana",
                password,
                otp: null,
                address: null,
                client,
                refreshToken: null,
                forBrowser: false,
                Stop
            )
                is SignInOutcome.Right(var pair)
                ? pair
                : null
        );

    public Task<TokenPair?> RefreshAsync(TokenPair pair) =>
        AskAsync(it => it.RefreshAsync(pair.RefreshToken, Stop));

    /// <summary>Refreshes as a browser's tab does, which shares its token with others.</summary>
    public Task<RefreshOutcome> RefreshTabAsync(TokenPair pair, TimeSpan grace) =>
        AskAsync(it => it.RefreshAsync(pair.RefreshToken, grace, forBrowser: true, Stop));

    public Task<bool> SignOutAsync(TokenPair pair) =>
        AskAsync(it => it.SignOutAsync(pair.RefreshToken, Stop));

    /// <summary>Opens a login with a hash that was read earlier, as a sign-in that was overtaken does.</summary>
    public async Task<long?> OpenLoginAsync(string hash)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ILoginStore>()
            .OpenAsync(accountId, hash, "jti", DateTime.UtcNow.AddHours(1), client: null, Stop);
    }

    public async Task<bool> KnowsAsync(TokenPair pair)
    {
        await using var scope = services.CreateAsyncScope();
        var access = await services.GetRequiredService<Tokens>().ReadAccess(pair.AccessToken);
        var logins = scope.ServiceProvider.GetRequiredService<ILoginStore>();
        return await logins.FindAsync(access!.LoginId, Stop) is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await DoAsync(db => db.Database.EnsureDeletedAsync(Stop));
        await services.DisposeAsync();
        if (folder is not null)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<T> AskAsync<T>(Func<SignInService, Task<T>> question)
    {
        await using var scope = services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<SignInService>());
    }

    private static string NewPostgres()
    {
        var server = Environment.GetEnvironmentVariable("PAMPS_TEST_POSTGRES");
        if (string.IsNullOrEmpty(server))
        {
            throw new InvalidOperationException(
                "Tests need a PostgreSQL server. ./test.sh brings one up; or set PAMPS_TEST_POSTGRES=postgresql://user:password@host:port/postgres to one where they may make databases."
            );
        }

        var uri = new Uri(server);
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = $"pamps_{Guid.NewGuid():N}",
            MaxPoolSize = 8,
        }.ToString();
    }
}
