using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pamps.Core.Maintenance;

/// <summary>The migrations that this program has, found without building EF Core's model.</summary>
/// <param name="Ids">Their ids, oldest first.</param>
public sealed record KnownMigrations(IReadOnlyList<string> Ids)
{
    /// <summary>The migrations in the assembly of a Data project.</summary>
    public static KnownMigrations In(Assembly assembly) =>
        new([
            .. assembly
                .GetTypes()
                .Select(x => x.GetCustomAttribute<MigrationAttribute>()?.Id)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ]);
}
