using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
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
    }
}
