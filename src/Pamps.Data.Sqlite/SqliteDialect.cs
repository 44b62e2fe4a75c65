using Pamps.Core.Databases;
using Pamps.Core.Text;

namespace Pamps.Data.Sqlite;

/// <summary>SQLite's SQL. Writes come one at a time, so there is nothing to lock.</summary>
internal sealed class SqliteDialect : Dialect
{
    public override string FindTable(string table) =>
        $"SELECT name FROM sqlite_schema WHERE name = '{table}'";

    public override string TableNames =>
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'";

    /// <summary>SQLite keeps the text as it is written here.</summary>
    public override string CreateMigrationHistory =>
        """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
                "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
                "ProductVersion" TEXT NOT NULL
            );

            """;

    public override string? WaitBriefly => null;

    public override string? KnownIndexes => "sqlite_stat1";

    public override string? LearnColumns => null;

    public override bool DropsColumnsAtOnce => false;

    public override UpgradeSpeed UpgradeSpeed { get; } =
        new(RowsRead: 1_000_000, RowsRewritten: 200_000, Texts: 5_000);

    public override IEnumerable<Statement> CountOn(string table, string column, string from) =>
        [
            new($"DELETE FROM sqlite_sequence WHERE name = '{table}'"),
            new($"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {from})"),
        ];

    public override string TransactionNumber => "0";

    public override bool SettlesLate => false;

    public override string IsSettled => "true";

    /// <summary>The number of the transaction is the same for all; SQLite would compare pairs by their first part only.</summary>
    public override string PlaceOrder => "e.id";

    public override string IsAfterPlace => "e.id > @id";

    public override string IsBetweenPlaces => "e.id > @id AND e.id <= @to_id";

    public override string WordsKey => "rowid";

    public override (string Name, object? Value) Ids(string name, IEnumerable<long> ids) =>
        (name, $"[{string.Join(',', ids)}]");

    public override string RowsOf(string name) => $"(SELECT value FROM json_each(@{name}))";

    public override string IsOneOf(string column, string name) => $"{column} IN {RowsOf(name)}";

    public override string RowPlace => "rowid";

    public override string IsAmong(string column, string query) => $"{column} IN ({query})";

    public override string IsInList(string column) => $"{column} = @of";

    public override string OrderInList(string column, string idColumn, string direction) =>
        $"{idColumn} {direction}";

    /// <summary>SQLite walks each author's posts by index and stops as soon as they are too far away.</summary>
    public override string PostsOfEach(PostsOfMany posts, string direction, int most, string take) =>
        $"""
            SELECT p.id FROM {posts.Authors} JOIN post p ON p.user_id = s."to"
            WHERE {posts.Which} AND {posts.Condition}
            ORDER BY p.id {direction} LIMIT {take}
            """;

    public override string AnyPostOfEach(PostsOfMany posts) =>
        $"SELECT 1 FROM {posts.Authors} JOIN post p ON p.user_id = s.\"to\" AND {posts.Condition} WHERE {posts.Which}";

    public override string ForUpdate(string alias) => "";

    public override string SkipLocked(string alias) => "";

    public override string ForNoKeyUpdate(string alias) => "";

    public override string ForKeyShare(string alias) => "";

    public override IEnumerable<Statement> Lock(
        string sql,
        params (string Name, object? Value)[] parameters
    ) => [];

    public override Statement PutWords(string table, long id, IndexedWords words, bool isNew) =>
        new(
            $"INSERT {(isNew ? "" : "OR REPLACE ")}INTO {table} (rowid, words) VALUES (@id, @words)",
            ("id", id),
            ("words", words.ToSqlite())
        );

    public override object WordsValue(IndexedWords words) => words.ToSqlite();

    public override IEnumerable<Statement> LockCounters() => [];

    public override IEnumerable<Statement> LockSuperusers() => [];
}
