using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pamps.Core.Maintenance;

/// <summary>Finds the migrations of a Data project without building EF Core's model.</summary>
public static class MigrationIds
{
    /// <summary>The ids of the migrations in an assembly, oldest first.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [
            .. assembly
                .GetTypes()
                .Select(x => x.GetCustomAttribute<MigrationAttribute>()?.Id)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
}
