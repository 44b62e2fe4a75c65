using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Search;
using Pamps.Core.Users;
using Pamps.Core.Writes;
using Pamps.Operations.Archives;
using Pamps.Operations.Imports;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Media;
using Pamps.Operations.Samples;
using Pamps.Operations.Transfer;
using Pamps.Operations.Workshop;

namespace Pamps.Operations;

/// <summary>Registers what is done with whole databases and accounts.</summary>
public static class OperationsServices
{
    /// <summary>Adds them. They stand on what <see cref="CoreServices.AddPampsCore"/> adds, and on what that needs.</summary>
    public static IServiceCollection AddPampsOperations(this IServiceCollection services)
    {
        // Their constructors are internal, so that no door makes an operation of its own parts.
        services.AddSingleton(x => new Schema(
            Get<IDatabase>(x),
            Get<KnownMigrations>(x),
            Get<ReadSchema>(x),
            Get<StoredTables>(x),
            Get<UpgradeSnapshot>(x)
        ));
        services.AddSingleton(x => new UpgradeSnapshot(
            Get<IDatabase>(x),
            Time(x),
            x.GetService<ISnapshotFiles>()
        ));
        services.AddSingleton(x => new PlanUpgrade(
            Get<IDatabase>(x),
            Get<KnownMigrations>(x),
            Get<Schema>(x),
            Get<UpgradeSnapshot>(x)
        ));
        services.AddSingleton<StoredTables>();
        services.AddSingleton<FillTarget>();
        services.AddSingleton(x => new StoredData(Get<IDatabase>(x), Get<Schema>(x), Get<StoredTables>(x)));
        services.AddSingleton(x => new WriteBackup(
            Get<StoredData>(x),
            Get<KnownMigrations>(x),
            Get<IMediaStore>(x),
            Time(x)
        ));
        services.AddSingleton(x => new RestoreBackup(
            Get<FillTarget>(x),
            Get<StoredData>(x),
            Get<KnownMigrations>(x),
            Get<IMediaStore>(x),
            Get<CheckMedia>(x)
        ));
        services.AddSingleton(x => new CopyDatabase(Get<FillTarget>(x), Get<StoredData>(x)));
        services.AddPart<UnknownFiles>().AddPart<CheckMedia>().AddPart<SweepUnknown>().AddPart<MoveMedia>();
        services
            .AddPart<ImportPosts>()
            .AddPart<ImportPictures>()
            .AddPart<ImportLikes>()
            .AddPart<ImportFollows>()
            .AddPart<ImportFilters>()
            .AddPart<ImportAccount>()
            .AddPart<ExportAccount>()
            .AddPart<ImportForeign>()
            .AddPart<ImportList>()
            .AddPart<ImportBookmarks>()
            .AddPart<ImportElsewhere>();
        services.AddPart<WorkshopDatabase>().AddPart<ImportWorkshop>();
        services
            .AddPart<Verify>()
            .AddPart<IndexTexts>()
            .AddPart<Sweep>()
            .AddPart<RecordSettings>()
            .AddPart<FillSample>();
        services.AddJob<SweepJob>().AddJob<IndexJob>().AddJob<MakeArchives>().AddJob<RunImports>();
        return services;
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static TimeProvider Time(IServiceProvider services) => Get<TimeProvider>(services);
}
