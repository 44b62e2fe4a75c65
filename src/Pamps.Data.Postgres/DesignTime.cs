using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Pamps.Core;

namespace Pamps.Data.Postgres;

/// <summary>Lets <c>dotnet ef</c> make migrations; see CONTRIBUTING.md. No server is asked.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<PampsDb>
{
    public PampsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PampsDb>();
        PostgresServices.Use(options, NpgsqlDataSource.Create("Host=localhost"));
        return new PampsDb(options.Options);
    }
}
