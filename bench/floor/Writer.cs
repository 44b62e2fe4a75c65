using System.Data.Common;

namespace Floor;

/// <summary>A post that was written.</summary>
internal sealed record NewPost(
    long Id,
    string Text,
    DateTime Date,
    long UserId,
    string Username,
    string? Avatar
);

/// <summary>Writes posts of the database's first users in turn: the rows that Pamps writes for a text in plain ASCII.</summary>
internal abstract class Writer : IDisposable
{
    private const int MostAuthors = 64;
    private const int IdTailBits = 12;
    private static readonly DateTime IdEpoch = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    protected const string Author =
        "SELECT username, avatar FROM \"user\" WHERE id = @user AND suspended_at IS NULL";

    protected const string Post = """
        INSERT INTO post (id, text, date, user_id, parent_id, edited_at, likes_count, replies_count, entities)
        VALUES (@id, @text, @date, @user, NULL, NULL, 0, 0, '[]')
        """;

    protected const string CountPost = "UPDATE \"user\" SET posts_count = posts_count + 1 WHERE id = @user";

    private readonly long[] authors;
    private long lastId;
    private long turn;

    protected Writer(long[] authors) => this.authors = authors;

    public static async Task<Writer> OpenAsync(Database database)
    {
        var authors = new List<long>();
        await using (var connection = await database.ConnectAsync())
        {
            await using var command = Lane.Command(
                connection,
                $"SELECT id FROM \"user\" ORDER BY id LIMIT {MostAuthors}"
            );
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                authors.Add(rows.GetInt64(0));
            }
        }
        return database.IsSqlite
            ? await SqliteWriter.OpenAsync(database, [.. authors])
            : new PostgresWriter(database, [.. authors]);
    }

    /// <summary>Writes a post, and returns when it is durable.</summary>
    public abstract Task<NewPost> WriteAsync(string text);

    public abstract void Dispose();

    protected long NextAuthor() => authors[Interlocked.Increment(ref turn) % authors.Length];

    protected long NextId(DateTime now)
    {
        var moment = (now - IdEpoch).Ticks / TimeSpan.TicksPerMillisecond << IdTailBits;
        while (true)
        {
            var previous = Volatile.Read(ref lastId);
            var next = Math.Max(moment, previous + 1);
            if (Interlocked.CompareExchange(ref lastId, next, previous) == previous)
            {
                return next;
            }
        }
    }

    protected static DateTime Now()
    {
        var now = DateTime.UtcNow;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The words of a text and their markers, as Pamps' search index has them.</summary>
    protected static (List<string> Words, List<string> Markers) Index(string text, long author)
    {
        var words = new List<string>();
        var markers = new List<string>();
        foreach (var part in text.Split([' ', '.', ',', '!', '?'], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = part.ToLowerInvariant();
            words.Add(word);
            Add("＊" + word[..1]);
            if (word.Length > 1)
            {
                Add("＊" + word[..2]);
            }
        }
        Add(FormattableString.Invariant($"＠{author}"));
        return (words, markers);

        void Add(string marker)
        {
            if (!markers.Contains(marker))
            {
                markers.Add(marker);
            }
        }
    }

    protected static async Task<(string Username, string? Avatar)> ReadAuthorAsync(DbDataReader row)
    {
        if (!await row.ReadAsync())
        {
            throw new InvalidOperationException("The author is gone.");
        }
        return (row.GetString(0), await row.IsDBNullAsync(1) ? null : row.GetString(1));
    }
}
