using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.Core;

namespace Pamps.Operations.Maintenance;

/// <summary>A statement of an upgrade.</summary>
/// <param name="Sql">Its text, with its end.</param>
/// <param name="BelongsOutside">Whether it does nothing, or fails, inside a transaction.</param>
internal readonly record struct MigrationCommand(string Sql, bool BelongsOutside);

/// <summary>The statements that bring a schema up, as EF Core makes them of the migrations.</summary>
internal static class MigrationCommands
{
    /// <summary>The statements, with those that note which migrations are applied.</summary>
    /// <param name="db">A context of the database.</param>
    /// <param name="pending">The migrations, oldest first.</param>
    public static IReadOnlyList<MigrationCommand> Of(PampsDb db, IReadOnlyList<string> pending)
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        var generator = db.GetService<IMigrationsSqlGenerator>();
        var models = db.GetService<IModelRuntimeInitializer>();
        var history = db.GetService<IHistoryRepository>();
        return [Whole(history.GetCreateIfNotExistsScript()), .. pending.SelectMany(CommandsOf)];

        IEnumerable<MigrationCommand> CommandsOf(string id)
        {
            var migration = migrations.CreateMigration(migrations.Migrations[id], db.Database.ProviderName!);
            var model = models.Initialize(migration.TargetModel, designTime: true, validationLogger: null);
            return
            [
                .. generator
                    .Generate(migration.UpOperations, model)
                    .Select(x => Whole(x.CommandText, x.TransactionSuppressed)),
                Whole(history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion()))),
            ];
        }
    }

    private static MigrationCommand Whole(string sql, bool belongsOutside = false) =>
        new(sql.Trim().TrimEnd(';') + ";", belongsOutside);
}
