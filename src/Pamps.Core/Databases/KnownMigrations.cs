using System.Reflection;

namespace Pamps.Core.Databases;

/// <summary>The migrations that this program has, found without loading EF Core.</summary>
/// <param name="Ids">Their ids, oldest first.</param>
public sealed record KnownMigrations(IReadOnlyList<string> Ids)
{
    /// <summary>The migrations in the assembly of a Data project, as build/MigrationList.targets lists them.</summary>
    public static KnownMigrations In(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var list = new StreamReader(assembly.GetManifestResourceStream("migrations.txt")!);
        var ids = list.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new([.. ids.Order(StringComparer.Ordinal)]);
    }
}
