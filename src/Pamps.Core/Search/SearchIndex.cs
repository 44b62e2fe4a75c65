using Microsoft.EntityFrameworkCore;
using Pamps.Core.Reads;

namespace Pamps.Core.Search;

/// <summary>Keeps the words by which posts and users are found, in the transaction that writes them.</summary>
internal sealed class SearchIndex(IDatabase database)
{
    /// <summary>
    /// Puts a post's words into the index, or replaces them. They go with the post's row, which has been
    /// saved before.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="postId">The post.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isNew">Whether it cannot have words in the index yet.</param>
    /// <param name="ct">Gives up.</param>
    public async Task IndexPostAsync(PampsDb db, long postId, string text, bool isNew, CancellationToken ct)
    {
        // A new post is known to the context already.
        var author =
            db.Posts.Local.FindEntry(postId)?.Entity.UserId
            ?? await db.Posts.Where(x => x.Id == postId).Select(x => x.UserId).SingleAsync(ct);
        await PutAsync(db, "post_search", postId, IndexedWords.OfPost(text, author), isNew, ct);
    }

    /// <summary>Puts a user's name and bio into the index, or replaces them. They go with the user's row.</summary>
    public Task IndexUserAsync(
        PampsDb db,
        long userId,
        string username,
        string? bio,
        bool isNew,
        CancellationToken ct
    ) => PutAsync(db, "user_search", userId, IndexedWords.OfUser(username, bio), isNew, ct);

    private async Task PutAsync(
        PampsDb db,
        string table,
        long id,
        IndexedWords words,
        bool isNew,
        CancellationToken ct
    )
    {
        var isSqlite = database.Dialect == SqlDialect.Sqlite;
        var statement = (isSqlite, isNew) switch
        {
            (true, true) => $"INSERT INTO {table} (rowid, words) VALUES (@p0, @p1)",
            (true, false) => $"INSERT OR REPLACE INTO {table} (rowid, words) VALUES (@p0, @p1)",
            (false, true) => $"INSERT INTO {table} (id, words) VALUES (@p0, @p1::tsvector)",
            (false, false) => $"""
                INSERT INTO {table} (id, words) VALUES (@p0, @p1::tsvector)
                ON CONFLICT (id) DO UPDATE SET words = excluded.words
                """,
        };
        await db.Database.ExecuteSqlRawAsync(
            statement,
            [id, isSqlite ? words.ToSqlite() : words.ToPostgres()],
            ct
        );
    }
}
