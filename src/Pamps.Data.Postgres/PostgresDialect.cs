using Pamps.Core.Databases;
using Pamps.Core.Text;

namespace Pamps.Data.Postgres;

/// <summary>PostgreSQL's SQL.</summary>
internal sealed class PostgresDialect : Dialect
{
    /// <summary>Any numbers that no other advisory lock of Pamps has.</summary>
    private const long CountersLock = 0x50616D707344656C;
    private const long SuperusersLock = 0x50616D7073537570;

    public override string FindTable(string table) =>
        $"SELECT 'there' WHERE to_regclass('\"{table}\"') IS NOT NULL";

    public override string TableNames =>
        "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";

    public override string CreateMigrationHistory =>
        """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
                "MigrationId" character varying(150) NOT NULL,
                "ProductVersion" character varying(32) NOT NULL,
                CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
            );

            """;

    /// <summary>Who waits for a table makes all wait who come later.</summary>
    public override string? WaitBriefly => "SET LOCAL lock_timeout = '3s'";

    public override string? KnownIndexes => null;

    public override string? LearnColumns => "ANALYZE";

    public override bool DropsColumnsAtOnce => true;

    public override UpgradeSpeed UpgradeSpeed { get; } =
        new(RowsRead: 1_000_000, RowsRewritten: 60_000, Texts: 2_000);

    public override IEnumerable<Statement> CountOn(string table, string column, string from) =>
        [new($"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), {from})")];

    public override string TransactionNumber => "pg_current_xact_id()::text::bigint";

    public override bool SettlesLate => true;

    /// <summary>
    /// Transactions commit in another order than they begin. Passed are only those that began before every one still running:
    /// what commits later has a later place.
    /// </summary>
    public override string IsSettled => "e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    public override string PlaceOrder => "e.tx, e.id";

    public override string IsAfterPlace => "(e.tx, e.id) > (@tx, @id)";

    public override string IsBetweenPlaces =>
        "(e.tx, e.id) > (@tx, @id) AND (e.tx, e.id) <= (@to_tx, @to_id)";

    public override string WordsKey => "id";

    public override (string Name, object? Value) Ids(string name, IEnumerable<long> ids) =>
        (name, ids.ToArray());

    public override string RowsOf(string name) => $"(SELECT unnest(@{name}) AS value)";

    public override string IsOneOf(string column, string name) => $"{column} = ANY (@{name})";

    public override string RowPlace => "ctid";

    /// <summary>Of a subquery in IN, PostgreSQL makes a join that reads the whole table.</summary>
    public override string IsAmong(string column, string query) => $"{column} = ANY (ARRAY ({query}))";

    /// <remarks>
    /// PostgreSQL guesses that a long list's rows lie evenly among all others, and would rather walk all ids of the
    /// table until it has met enough of them; where it guesses wrong, that takes seconds. Said like this, only the
    /// index of the list gives the order that is asked for.
    /// </remarks>
    public override string IsInList(string column) => $"{column} = ANY (ARRAY[@of])";

    public override string OrderInList(string column, string idColumn, string direction) =>
        $"{column} {direction}, {idColumn} {direction}";

    /// <remarks>
    /// PostgreSQL would walk all posts for what SQLite is asked, which takes seconds when the authors have been silent. So it
    /// takes the post of each that is next to the cursor, and reads posts of those authors only who can be among the rows.
    /// </remarks>
    public override string PostsOfEach(PostsOfMany posts, string direction, int most, string take) =>
        $"""
            SELECT p.id
            FROM (
                SELECT s."to" AS user_id, h.id
                FROM {posts.Authors}
                CROSS JOIN LATERAL (
                    SELECT p.id FROM post p WHERE p.user_id = s."to" AND {posts.Condition}
                    ORDER BY p.id {direction} LIMIT 1
                ) h
                WHERE {posts.Which}
                ORDER BY h.id {direction} LIMIT {most}
            ) a
            CROSS JOIN LATERAL (
                SELECT p.id FROM post p WHERE p.user_id = a.user_id AND {posts.Condition}
                ORDER BY p.id {direction} LIMIT {most}
            ) p
            ORDER BY p.id {direction} LIMIT {take}
            """;

    public override string AnyPostOfEach(PostsOfMany posts) =>
        $"""
            SELECT 1 FROM {posts.Authors} CROSS JOIN LATERAL (SELECT p.id FROM post p WHERE p.user_id = s."to" AND {posts.Condition} LIMIT 1) h
            WHERE {posts.Which}
            """;

    public override string ForUpdate(string alias) => $" FOR UPDATE OF {alias}";

    public override string SkipLocked(string alias) => $" FOR UPDATE OF {alias} SKIP LOCKED";

    public override string ForNoKeyUpdate(string alias) => $" FOR NO KEY UPDATE OF {alias}";

    public override string ForKeyShare(string alias) => $" FOR KEY SHARE OF {alias}";

    public override IEnumerable<Statement> Lock(
        string sql,
        params (string Name, object? Value)[] parameters
    ) => [new(sql, parameters)];

    public override Statement PutWords(string table, long id, IndexedWords words, bool isNew) =>
        new(
            $"INSERT INTO {table} (id, words) VALUES (@id, @words::tsvector)"
                + (isNew ? "" : " ON CONFLICT (id) DO UPDATE SET words = excluded.words"),
            ("id", id),
            ("words", words.ToPostgres())
        );

    public override object WordsValue(IndexedWords words) => words;

    public override IEnumerable<Statement> LockCounters() =>
        [new("SELECT pg_advisory_xact_lock(@lock)", ("lock", CountersLock))];

    public override IEnumerable<Statement> LockSuperusers() =>
        [new("SELECT pg_advisory_xact_lock(@lock)", ("lock", SuperusersLock))];
}
