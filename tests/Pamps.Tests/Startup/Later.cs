using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;

namespace Pamps.Tests.Startup;

/// <summary>The next version's migration.</summary>
public static class Later
{
    public const string Id = "29991231235959_Later";

    private static readonly Migration Good = new(
        Id,
        () => "CREATE TABLE later (id integer);",
        () => "DROP TABLE later;"
    );

    /// <summary>A migration that fails when a part of it is done.</summary>
    private static readonly Migration Broken = new(
        "29991231235960_Broken",
        () => "CREATE TABLE half (id integer);\nINSERT INTO nowhere VALUES (1);",
        () => "DROP TABLE half;"
    );

    /// <summary>Makes the program one that has this migration.</summary>
    public static void AddTo(IServiceCollection services) => AddKnown(services, Good);

    /// <summary>Makes the program one that has this migration, and after it one that fails half-way.</summary>
    public static void AddBrokenTo(IServiceCollection services) => AddKnown(services, Good, Broken);

    private static void AddKnown(IServiceCollection services, params Migration[] more)
    {
        var known = (KnownMigrations)
            services.Single(x => x.ServiceType == typeof(KnownMigrations)).ImplementationInstance!;
        services.AddSingleton(new KnownMigrations([.. known.All, .. more]));
    }
}
