using Microsoft.EntityFrameworkCore;

namespace Pamps.Schema;

/// <summary>The tables as EF Core compares them with those of the last migration, to make the next one.</summary>
internal abstract class PampsModel : DbContext
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PampsModel).Assembly);
}

internal sealed class SqliteModel : PampsModel
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite("Data Source=:memory:");
}

/// <summary>No server is asked.</summary>
internal sealed class PostgresModel : PampsModel
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql("Host=localhost");
}
