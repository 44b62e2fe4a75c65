using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;

namespace Pamps.Tests.Host;

/// <summary>What a database's schema really is, to be compared.</summary>
internal static class SchemaText
{
    /// <summary>The definition of every index and reference, and how full-text tables work.</summary>
    public static async Task<string> ReadAsync(PampsServer pamps, Database database)
    {
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText =
            database == Database.Sqlite
                ? "SELECT name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT IN ('sqlite_stat1', '__EFMigrationsLock') ORDER BY 1"
                : """
                    SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
                    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE connamespace = current_schema()::regnamespace
                    ORDER BY 1
                    """;
        var all = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            all.Add(rows.GetString(0));
        }
        return string.Join('\n', all);
    }
}
