using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Floor;

/// <summary>A transaction for each post, sent to the server as one batch of prepared statements.</summary>
internal sealed class PostgresWriter(Database database, long[] authors) : Writer(authors)
{
    /// <summary>Enough that commits share their wait for the disk.</summary>
    private const int MostLanes = 32;

    private readonly ConcurrentStack<PostLane> idle = new();
    private readonly SemaphoreSlim free = new(MostLanes);

    public override async Task<NewPost> WriteAsync(string text)
    {
        var user = NextAuthor();
        var now = Now();
        var id = NextId(now);
        await free.WaitAsync();
        try
        {
            var lane = idle.TryPop(out var kept)
                ? kept
                : await PostLane.OpenAsync((NpgsqlConnection)await database.ConnectAsync());
            var (username, avatar) = await lane.WriteAsync(id, text, now, user);
            idle.Push(lane);
            return new NewPost(id, text, now, user, username, avatar);
        }
        finally
        {
            free.Release();
        }
    }

    public override void Dispose()
    {
        while (idle.TryPop(out var lane))
        {
            lane.Dispose();
        }
        free.Dispose();
    }

    private sealed class PostLane : IDisposable
    {
        private readonly NpgsqlConnection connection;
        private readonly NpgsqlBatch batch;
        private readonly NpgsqlParameter<long> id = new("id", 0L);
        private readonly NpgsqlParameter<string> text = new("text", "");
        private readonly NpgsqlParameter<DateTime> date = new("date", NpgsqlDbType.TimestampTz);
        private readonly NpgsqlParameter<long> user = new("user", 0L);
        private readonly NpgsqlParameter<string> words = new("words", "");

        private PostLane(NpgsqlConnection connection)
        {
            this.connection = connection;
            batch = new NpgsqlBatch(connection);
            Add(Author, user);
            Add(Post, id, text, date, user);
            Add(CountPost, user);
            Add("INSERT INTO post_search (id, words) VALUES (@id, @words::tsvector)", id, words);
            Add(
                """
                INSERT INTO event (tx, kind, user_id, subject_id, parent_id, date)
                VALUES (pg_current_xact_id()::text::bigint, 1, @user, @id, NULL, @date)
                """,
                user,
                id,
                date
            );
        }

        public static async Task<PostLane> OpenAsync(NpgsqlConnection connection)
        {
            var lane = new PostLane(connection);
            await lane.batch.PrepareAsync();
            return lane;
        }

        public async Task<(string Username, string? Avatar)> WriteAsync(
            long newId,
            string newText,
            DateTime now,
            long author
        )
        {
            var (found, markers) = Index(newText, author);
            var lexemes = found
                .Select((word, i) => $"'{word}':{i + 1}")
                .Concat(markers.Select(x => $"'{x}'"));
            Set(newId, newText, now, author, string.Join(' ', lexemes));
            await using var row = await batch.ExecuteReaderAsync();
            var by = await ReadAuthorAsync(row);
            // Reads on to the end, where the server says that all of it is committed.
            while (await row.NextResultAsync()) { }
            return by;
        }

        public void Dispose()
        {
            batch.Dispose();
            connection.Dispose();
        }

        private void Set(long newId, string newText, DateTime now, long author, string lexemes)
        {
            foreach (NpgsqlBatchCommand command in batch.BatchCommands)
            {
                foreach (NpgsqlParameter parameter in command.Parameters)
                {
                    parameter.Value = parameter.ParameterName switch
                    {
                        "id" => newId,
                        "text" => newText,
                        "date" => now,
                        "user" => author,
                        _ => lexemes,
                    };
                }
            }
        }

        private void Add(string sql, params NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(parameter.Clone());
            }
            batch.BatchCommands.Add(command);
        }
    }
}
