using Microsoft.EntityFrameworkCore;
using Pamps.Core.Databases;
using Pamps.Data.Postgres;
using Pamps.Data.Sqlite;
using Pamps.Tests.Host;

namespace Pamps.Schema.Tests;

/// <summary>The model and the scripts say the same; see build/migration.</summary>
public sealed class MigrationTests
{
    [Theory, OnEachDatabase]
    public void Every_change_of_the_model_has_its_migration(Database database)
    {
        using var model = ModelOf(database);
        Assert.False(model.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task The_list_of_tables_to_carry_is_that_of_the_model()
    {
        using var model = new PostgresModel();
        Assert.Equal(await Repository.ReadAsync(StoredTables.File), StoredTables.Describe(model));
    }

    [Fact]
    public void Both_databases_have_the_same_migrations() =>
        Assert.Equal(
            MigrationsOf(Database.Sqlite).Select(x => x.Name),
            MigrationsOf(Database.Postgres).Select(x => x.Name)
        );

    [Theory, OnEachDatabase]
    public async Task The_scripts_make_what_the_model_says_and_take_it_back(Database database)
    {
        await using var connection = await TestDatabase.OpenAsync(await TestDatabase.CreateAsync(database));
        var migrations = MigrationsOf(database);
        foreach (var migration in migrations)
        {
            await RunAsync(migration.Up());
        }

        using var model = ModelOf(database);
        Assert.Equal(Catalogue.Of(model), await Catalogue.ReadAsync(connection));
        foreach (var migration in migrations.Reverse())
        {
            await RunAsync(migration.Down());
        }
        Assert.Empty(await Catalogue.ReadAsync(connection));

        async Task RunAsync(string script)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static PampsModel ModelOf(Database database) =>
        database == Database.Sqlite ? new SqliteModel() : new PostgresModel();

    private static IReadOnlyList<Migration> MigrationsOf(Database database) =>
        KnownMigrations
            .In((database == Database.Sqlite ? typeof(SqliteServices) : typeof(PostgresServices)).Assembly)
            .All;
}
