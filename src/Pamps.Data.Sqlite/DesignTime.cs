using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Pamps.Core;

namespace Pamps.Data.Sqlite;

/// <summary>Lets <c>dotnet ef</c> make migrations; see CONTRIBUTING.md.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<PampsDb>
{
    public PampsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PampsDb>();
        SqliteServices.Use(options, "Data Source=:memory:");
        return new PampsDb(options.Options);
    }
}
