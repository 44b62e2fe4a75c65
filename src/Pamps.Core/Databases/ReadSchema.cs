namespace Pamps.Core.Databases;

/// <summary>Says where the database's schema stands, among the migrations that this program has.</summary>
public sealed class ReadSchema
{
    /// <summary>What the workshop's server makes, in the order in which a student makes them.</summary>
    private static readonly string[] ForeignTables = ["user", "post", "social", "like"];

    private readonly IDatabase database;
    private readonly KnownMigrations migrations;

    internal ReadSchema(IDatabase database, KnownMigrations migrations) =>
        (this.database, this.migrations) = (database, migrations);

    /// <summary>Where the schema stands.</summary>
    /// <remarks>
    /// Plain SQL, because every start asks: EF Core would build its whole model first, which is most of a start.
    /// </remarks>
    public async Task<SchemaStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var applied = await ReadAppliedAsync(cancellationToken);
        List<string> foreign = [];
        if (applied.Count == 0)
        {
            foreign = await FindForeignAsync(cancellationToken);
            // Another instance may have made its schema meanwhile.
            applied = foreign.Count > 0 ? await ReadAppliedAsync(cancellationToken) : applied;
        }
        var known = migrations.Ids;
        return new SchemaStatus(applied, [.. known.Except(applied)], [.. applied.Except(known)])
        {
            Foreign = applied.Count == 0 ? foreign : [],
        };
    }

    private async Task<List<string>> FindForeignAsync(CancellationToken cancellationToken)
    {
        var tables = await ReadTextsAsync(database.Dialect.TableNames, cancellationToken);
        return [.. ForeignTables.Intersect(tables)];
    }

    private async Task<List<string>> ReadAppliedAsync(CancellationToken cancellationToken)
    {
        var isThere = await ReadTextsAsync(
            database.Dialect.FindTable("__EFMigrationsHistory"),
            cancellationToken
        );
        return isThere.Count == 0
            ? []
            : await ReadTextsAsync(
                "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY \"MigrationId\"",
                cancellationToken
            );
    }

    private Task<List<string>> ReadTextsAsync(string sql, CancellationToken cancellationToken) =>
        database.ReadAsync(
            new Statement(sql),
            (reader, ct) => reader.ListAsync(row => row.GetString(0), ct),
            transaction: null,
            cancellationToken
        );
}
