#pragma warning disable EF1001 // What `dotnet ef` itself is made of; it can write no SQL scripts a migration.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Schema;

/// <summary>What has changed in the model since the last migration of one database, as SQL.</summary>
/// <param name="Up">The script that changes the schema.</param>
/// <param name="Down">The script that takes that back.</param>
/// <param name="Snapshot">The model as C#, for the next time.</param>
internal sealed record NextMigration(string Up, string Down, string Snapshot)
{
    public static NextMigration Of(PampsModel context)
    {
        var initializer = context.GetService<IModelRuntimeInitializer>();
        var generator = context.GetService<IMigrationsSqlGenerator>();
        var differ = context.GetService<IMigrationsModelDiffer>();
        var last = context.GetService<IMigrationsAssembly>().ModelSnapshot!.Model;
        var before = initializer.Initialize(last, designTime: true, validationLogger: null);
        var now = context.GetService<IDesignTimeModel>().Model;
        return new(Script(before, now), Script(now, before), WriteSnapshot(context, now));

        string Script(IModel from, IModel to)
        {
            var operations = differ.GetDifferences(from.GetRelationalModel(), to.GetRelationalModel());
            var commands = generator.Generate(operations, to);
            // The program knows a statement by its beginning at a line's.
            return string.Join(
                "\n",
                commands.Select(x => x.CommandText.ReplaceLineEndings("\n").Trim().TrimEnd(';') + ";\n")
            );
        }
    }

    private static string WriteSnapshot(PampsModel context, IModel model)
    {
        var assembly = context.GetType().Assembly;
        using var services = (ServiceProvider)
            new DesignTimeServicesBuilder(assembly, assembly, new OperationReporter(null), []).Build(context);
        using var scope = services.CreateScope();
        return scope
            .ServiceProvider.GetRequiredService<IMigrationsCodeGeneratorSelector>()
            .Select("C#")
            .GenerateSnapshot(
                "Pamps.Schema.Migrations",
                context.GetType(),
                context.GetType().Name + "Snapshot",
                model
            );
    }
}
