using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed class MigrationTests
{
    [Theory, OnEachDatabase]
    public async Task Every_change_of_the_model_has_its_migration(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        await using var db = await pamps
            .Services.GetRequiredService<IDbContextFactory<PampsDb>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.False(db.Database.HasPendingModelChanges());
        // What every start compares with the database is a list of the build's.
        Assert.Equal(db.Database.GetMigrations(), pamps.Services.GetRequiredService<KnownMigrations>().Ids);
    }
}
