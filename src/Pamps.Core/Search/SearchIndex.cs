using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Search;

/// <summary>Keeps the words by which posts and users are found, in the transaction that writes them.</summary>
internal sealed class SearchIndex(IDatabase database, WriteSql sql)
{
    /// <summary>The statement that puts the words of a new post into the index. The post's row comes before it.</summary>
    public Statement NewPost(long postId, IndexedWords words) =>
        Put("post_search", postId, words, isNew: true);

    /// <summary>Replaces a post's words in the index.</summary>
    public Task ReplacePostAsync(PampsDb db, long postId, IndexedWords words, CancellationToken ct) =>
        sql.ExecuteAsync(db, [Put("post_search", postId, words, isNew: false)], ct);

    /// <summary>Puts a user's name and bio into the index, or replaces them. They go with the user's row.</summary>
    public Task IndexUserAsync(
        PampsDb db,
        long userId,
        string username,
        string? bio,
        bool isNew,
        CancellationToken ct
    ) => sql.ExecuteAsync(db, [Put("user_search", userId, IndexedWords.OfUser(username, bio), isNew)], ct);

    private Statement Put(string table, long id, IndexedWords words, bool isNew) =>
        database.Dialect == SqlDialect.Sqlite
            ? new Statement(
                $"INSERT {(isNew ? "" : "OR REPLACE ")}INTO {table} (rowid, words) VALUES (@id, @words)",
                ("id", id),
                ("words", words.ToSqlite())
            )
            : new Statement(
                $"INSERT INTO {table} (id, words) VALUES (@id, @words::tsvector)"
                    + (isNew ? "" : " ON CONFLICT (id) DO UPDATE SET words = excluded.words"),
                ("id", id),
                ("words", words.ToPostgres())
            );
}
