using Pamps.Core.Databases;

namespace Pamps.Operations.Maintenance;

/// <summary>
/// The table that says which migrations a database has. Its name and form are EF Core's, because databases have it since EF
/// Core made the migrations, and versions of then run beside this one during an upgrade.
/// </summary>
internal static class MigrationHistory
{
    /// <summary>SQLite keeps the text as it is written here.</summary>
    public static string Create(SqlDialect dialect) =>
        dialect == SqlDialect.Sqlite
            ? """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
                    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
                    "ProductVersion" TEXT NOT NULL
                );

                """
            : """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
                    "MigrationId" character varying(150) NOT NULL,
                    "ProductVersion" character varying(32) NOT NULL,
                    CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
                );

                """;

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
