using Pamps.Core.Databases;

namespace Pamps.Operations.Maintenance;

/// <summary>
/// What is run for a migration, with its row in the table that says which migrations a database has
/// (<see cref="Dialect.CreateMigrationHistory"/>).
/// </summary>
internal static class MigrationHistory
{
    /// <summary>A migration's statements, and the one that notes it.</summary>
    public static string Up(Migration migration) =>
        $"""
            {migration.Up().TrimEnd()}

            INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('{migration.Id}', 'pamps');

            """;

    /// <summary>The statements that take a migration back, and the note of it.</summary>
    public static string Down(Migration migration) =>
        $"""
            {migration.Down().TrimEnd()}

            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '{migration.Id}';

            """;
}
