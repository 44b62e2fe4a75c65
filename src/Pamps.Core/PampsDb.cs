using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Follows;
using Pamps.Core.Instances;
using Pamps.Core.Notifications;
using Pamps.Core.Posts;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core;

/// <summary>
/// The database. Public so that the Data projects can set it up and migrate it, and hollow: its tables can be
/// seen inside Core only.
/// </summary>
public sealed class PampsDb(DbContextOptions<PampsDb> options) : DbContext(options)
{
    internal DbSet<User> Users => Set<User>();
    internal DbSet<Login> Logins => Set<Login>();
    internal DbSet<Post> Posts => Set<Post>();
    internal DbSet<Like> Likes => Set<Like>();
    internal DbSet<Follow> Follows => Set<Follow>();
    internal DbSet<Answered> Answers => Set<Answered>();
    internal DbSet<Mention> Mentions => Set<Mention>();
    internal DbSet<Hashtag> Hashtags => Set<Hashtag>();
    internal DbSet<Notification> Notifications => Set<Notification>();
    internal DbSet<Event> Events => Set<Event>();
    internal DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();
    internal DbSet<Lease> Leases => Set<Lease>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) => Tables.Describe(modelBuilder);

    /// <summary>SQLite keeps no time zone; every time in the database is UTC.</summary>
    private sealed class UtcConverter()
        : ValueConverter<DateTime, DateTime>(x => x, x => DateTime.SpecifyKind(x, DateTimeKind.Utc));
}
