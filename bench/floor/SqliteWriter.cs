using System.Data.Common;

namespace Floor;

/// <summary>One connection behind a gate, a transaction for each post, <c>synchronous = FULL</c>.</summary>
internal sealed class SqliteWriter : Writer
{
    private readonly DbConnection connection;
    private readonly SemaphoreSlim gate = new(1);
    private readonly DbCommand begin;
    private readonly DbCommand commit;
    private readonly DbCommand author;
    private readonly DbCommand post;
    private readonly DbCommand count;
    private readonly DbCommand search;
    private readonly DbCommand happened;

    private SqliteWriter(DbConnection connection, long[] authors)
        : base(authors)
    {
        this.connection = connection;
        begin = Lane.Command(connection, "BEGIN IMMEDIATE");
        commit = Lane.Command(connection, "COMMIT");
        author = Lane.Command(connection, Author, ("@user", 0L));
        post = Lane.Command(
            connection,
            Post,
            ("@id", 0L),
            ("@text", ""),
            ("@date", DateTime.UnixEpoch),
            ("@user", 0L)
        );
        count = Lane.Command(connection, CountPost, ("@user", 0L));
        search = Lane.Command(
            connection,
            "INSERT INTO post_search (rowid, words) VALUES (@id, @words)",
            ("@id", 0L),
            ("@words", "")
        );
        happened = Lane.Command(
            connection,
            "INSERT INTO event (tx, kind, user_id, subject_id, parent_id, date) VALUES (0, 1, @user, @id, NULL, @date)",
            ("@user", 0L),
            ("@id", 0L),
            ("@date", DateTime.UnixEpoch)
        );
    }

    public static async Task<SqliteWriter> OpenAsync(Database database, long[] authors)
    {
        var connection = await database.ConnectAsync();
        await using var durable = Lane.Command(connection, "PRAGMA synchronous = FULL");
        await durable.ExecuteNonQueryAsync();
        return new SqliteWriter(connection, authors);
    }

    public override async Task<NewPost> WriteAsync(string text)
    {
        var user = NextAuthor();
        var (words, markers) = Index(text, user);
        await gate.WaitAsync();
        try
        {
            return await WriteInTurnAsync(user, text, string.Join(' ', words.Concat(markers)));
        }
        finally
        {
            gate.Release();
        }
    }

    public override void Dispose()
    {
        connection.Dispose();
        gate.Dispose();
    }

    private async Task<NewPost> WriteInTurnAsync(long user, string text, string words)
    {
        var now = Now();
        var id = NextId(now);
        Set(author, user);
        Set(post, id, text, now, user);
        Set(count, user);
        Set(search, id, words);
        Set(happened, user, id, now);
        begin.ExecuteNonQuery();
        (string Username, string? Avatar) by;
        await using (var row = await author.ExecuteReaderAsync())
        {
            by = await ReadAuthorAsync(row);
        }
        post.ExecuteNonQuery();
        count.ExecuteNonQuery();
        search.ExecuteNonQuery();
        happened.ExecuteNonQuery();
        commit.ExecuteNonQuery();
        return new NewPost(id, text, now, user, by.Username, by.Avatar);
    }

    private static void Set(DbCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }
}
