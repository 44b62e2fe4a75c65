#pragma warning disable EF1001 // There is no other way to have a migration that the program itself has not.
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;

namespace Pamps.Tests.Startup;

/// <summary>The next version's migration.</summary>
[DbContext(typeof(PampsDb)), Migration(Id)]
public sealed class Later : Migration
{
    public const string Id = "29991231235959_Later";

    /// <summary>Makes the program one that has this migration.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.ConfigureDbContext<PampsDb>(x => x.ReplaceService<IMigrationsAssembly, OneMore>());
        AddKnown(services, Id);
    }

    /// <summary>Makes the program one that has this migration, and after it one that fails half-way.</summary>
    public static void AddBrokenTo(IServiceCollection services)
    {
        services.ConfigureDbContext<PampsDb>(x => x.ReplaceService<IMigrationsAssembly, BrokenToo>());
        AddKnown(services, Id, Broken.Id);
    }

    private static void AddKnown(IServiceCollection services, params string[] ids)
    {
        var known = (KnownMigrations)
            services.Single(x => x.ServiceType == typeof(KnownMigrations)).ImplementationInstance!;
        services.AddSingleton(new KnownMigrations([.. known.Ids, .. ids]));
    }

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE later (id integer)");

    private class OneMore(
        ICurrentDbContext current,
        IDbContextOptions options,
        IMigrationsIdGenerator ids,
        IDiagnosticsLogger<DbLoggerCategory.Migrations> logger
    ) : MigrationsAssembly(current, options, ids, logger)
    {
        public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
            new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary())
            {
                [Id] = typeof(Later).GetTypeInfo(),
            };
    }

    private sealed class BrokenToo(
        ICurrentDbContext current,
        IDbContextOptions options,
        IMigrationsIdGenerator ids,
        IDiagnosticsLogger<DbLoggerCategory.Migrations> logger
    ) : OneMore(current, options, ids, logger)
    {
        public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
            new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary())
            {
                [Broken.Id] = typeof(Broken).GetTypeInfo(),
            };
    }
}

/// <summary>A migration that fails when a part of it is done.</summary>
[DbContext(typeof(PampsDb)), Migration(Id)]
public sealed class Broken : Migration
{
    public const string Id = "29991231235960_Broken";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE half (id integer)");
        migrationBuilder.Sql("INSERT INTO nowhere VALUES (1)");
    }
}
