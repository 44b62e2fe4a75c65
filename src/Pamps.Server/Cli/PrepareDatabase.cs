using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Operations.Maintenance;

namespace Pamps.Server.Cli;

/// <summary>Waits for the database and brings its schema up, where that can hurt nobody.</summary>
internal static class PrepareDatabase
{
    /// <param name="services">Holds the database and its settings.</param>
    /// <param name="needsSchema">Whether to look after the schema at all.</param>
    /// <param name="report">Told one line for each thing worth knowing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(
        IServiceProvider services,
        bool needsSchema,
        Action<string> report,
        CancellationToken cancellationToken
    )
    {
        var database = services.GetRequiredService<IDatabase>();
        await database.WaitUntilUpAsync(report, cancellationToken);
        if (!needsSchema)
        {
            return;
        }

        var schema = services.GetRequiredService<Schema>();
        var status = await schema.ReadStatusAsync(cancellationToken);
        if (schema.FindObstacle(status) is { } obstacle)
        {
            throw new UserErrorException(obstacle.Message);
        }
        if (services.GetRequiredService<PampsOptions>().Db.ReadOnly)
        {
            if (status.Pending.Count > 0)
            {
                throw new UserErrorException(
                    $"The schema of the {database.Description} is not this version's, and read-only it is not upgraded. Run `pamps db upgrade`."
                );
            }
            return;
        }
        if (status.IsEmpty)
        {
            report($"There are no data yet: the {database.Description} is new.");
        }
        if (status.Pending.Count > 0)
        {
            await UpgradeAsync(services, status, report, cancellationToken);
        }

        // An upgrade brings posts whose texts this version would have read; a stopped run left some.
        var index = services.GetRequiredService<IndexTexts>();
        if (!status.IsEmpty && (status.Pending.Count > 0 || await index.IsNeededAsync(cancellationToken)))
        {
            await services.GetRequiredService<JobQueue>().EnqueueAsync(IndexTexts.Job, cancellationToken);
            report("The texts that an older version wrote are indexed while the server runs.");
        }
    }

    private static async Task UpgradeAsync(
        IServiceProvider services,
        SchemaStatus status,
        Action<string> report,
        CancellationToken cancellationToken
    )
    {
        var database = services.GetRequiredService<IDatabase>();
        var schema = services.GetRequiredService<Schema>();
        // Of a file there is a snapshot first, and no other copy of the server has it.
        var isFile = services.GetService<ISnapshotFiles>() is not null;
        var mayUpgrade =
            status.IsEmpty || isFile || services.GetRequiredService<PampsOptions>().Db.UpgradeAtStart;
        if (!mayUpgrade)
        {
            // Another instance may be filling an empty database just now; its migrations show one after the other.
            status = await schema.ReadSettledStatusAsync(cancellationToken);
            if (status.IsCurrent)
            {
                return;
            }
            throw new UserErrorException(
                $"The schema of the {database.Description} lacks {status.Pending.Count} migration(s). Run `pamps db upgrade`, or set PAMPS_DB__UPGRADE_AT_START=true."
            );
        }
        var upgraded = (await schema.UpgradeAsync(withSnapshot: true, report, cancellationToken)).OrFail();
        foreach (var migration in upgraded.Applied)
        {
            report($"Applied migration {migration}");
        }
    }
}
