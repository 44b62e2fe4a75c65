#pragma warning disable EF1001 // There is no other way to have a migration that the program itself has not.
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Maintenance;

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
        var known = (KnownMigrations)
            services.Single(x => x.ServiceType == typeof(KnownMigrations)).ImplementationInstance!;
        services.AddSingleton(new KnownMigrations([.. known.Ids, Id]));
    }

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE later (id integer)");

    private sealed class OneMore(
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
}
