using System.Reflection;

namespace Pamps.Core.Databases;

/// <summary>The migrations that this program has.</summary>
/// <param name="All">All of them, oldest first.</param>
public sealed record KnownMigrations(IReadOnlyList<Migration> All)
{
    private const string Folder = "migrations/";
    private const string Up = ".sql";
    private const string Down = ".down.sql";

    /// <summary>Their ids, oldest first.</summary>
    public IReadOnlyList<string> Ids { get; } = [.. All.Select(x => x.Id)];

    /// <summary>The migrations in the assembly of a Data project, which embeds two scripts for each.</summary>
    public static KnownMigrations In(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var ids = assembly
            .GetManifestResourceNames()
            .Where(x => x.StartsWith(Folder, StringComparison.Ordinal))
            .Where(x => !x.EndsWith(Down, StringComparison.Ordinal))
            .Select(x => x[Folder.Length..^Up.Length]);
        return new([
            .. ids.Order(StringComparer.Ordinal)
                .Select(id => new Migration(id, () => Read(id + Up), () => Read(id + Down))),
        ]);

        string Read(string name)
        {
            using var script = new StreamReader(assembly.GetManifestResourceStream(Folder + name)!);
            return script.ReadToEnd();
        }
    }
}
