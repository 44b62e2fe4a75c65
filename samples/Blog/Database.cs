using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pamps.Auth.EntityFrameworkCore;

namespace Blog;

internal abstract class BlogDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();
    public DbSet<Post> Posts => Set<Post>();

    /// <summary>Brings the schema up, and waits up to a minute for a server that is still starting.</summary>
    public async Task PrepareAsync(ILogger log)
    {
        for (var second = 1; ; second++)
        {
            try
            {
                await Database.MigrateAsync();
                return;
            }
            catch (Exception failure) when (second < 60 && failure is DbException { IsTransient: true })
            {
                log.LogWarning("Waiting for the database: {Reason}", failure.Message);
                await Task.Delay(1000);
            }
        }
    }

    /// <summary>Whether a save was refused by a unique index.</summary>
    public static bool IsTaken(DbUpdateException refused) =>
        refused.InnerException
            is SqliteException { SqliteExtendedErrorCode: 2067 }
                or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddPampsLogins();
        modelBuilder.Entity<User>().HasIndex(x => x.Email).IsUnique();
        modelBuilder.Entity<Post>().HasOne(x => x.Owner).WithMany().HasForeignKey(x => x.OwnerId);
    }
}

// Each database has migrations of its own, and EF Core finds them by the type of the context.
internal sealed class SqliteBlogDb(DbContextOptions<SqliteBlogDb> options) : BlogDb(options);

internal sealed class PostgresBlogDb(DbContextOptions<PostgresBlogDb> options) : BlogDb(options);

internal sealed class User
{
    public long Id { get; init; }
    public required string Email { get; init; }
    public required string PasswordHash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>One spelling for each address, so that the unique index sees two that are the same.</summary>
    public static string EmailKey(string email) => email.Trim().ToLowerInvariant();
}

internal sealed class Post
{
    public long Id { get; init; }
    public required string Title { get; set; }
    public required string Content { get; set; }
    public bool Published { get; set; }
    public int? Rating { get; set; }
    public DateTimeOffset Created { get; init; }
    public long OwnerId { get; init; }
    public User Owner { get; init; } = null!;
}
