using Microsoft.EntityFrameworkCore;
using Pamps.Auth.EntityFrameworkCore;

namespace Template._1;

/// <summary>The tables.</summary>
internal sealed partial class Database(DbContextOptions<Database> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();
    public DbSet<Item> Items => Set<Item>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddPampsLogins();
        modelBuilder.Entity<User>().HasIndex(x => x.Username).IsUnique();
        modelBuilder.Entity<User>().HasIndex(x => x.Email).IsUnique();
    }
}
