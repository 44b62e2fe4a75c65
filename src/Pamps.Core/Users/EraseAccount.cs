using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Erases what was in an account that somebody has deleted, in small transactions so that nobody waits. What others see goes first.
/// It can stop anywhere and go on later, and several may do it at once.
/// </summary>
public sealed class EraseAccount
{
    /// <summary>So many of the steps are done however long they take: then nobody sees anything any more.</summary>
    private const int SeenByOthers = 6;

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly EraseOptions measures;
    private readonly PampsOptions options;
    private readonly TimeProvider time;
    private readonly List<Func<Write, long, Task<int>>> steps;

    internal EraseAccount(
        Writer writer,
        Sql sql,
        EraseOptions measures,
        PampsOptions options,
        TimeProvider time
    )
    {
        (this.writer, this.sql, this.measures) = (writer, sql, measures);
        (this.options, this.time) = (options, time);
        steps =
        [
            HidePostsAsync,
            EraseMediaAsync,
            (write, id) => EraseFilesAsync(write, "archive", id),
            (write, id) => EraseFilesAsync(write, "import", id),
            (write, id) => DeleteAsync(write, "notification", "actor_id", id),
            (write, id) => DeleteAsync(write, "notification_aside", "actor_id", id),
            ErasePostsAsync,
            EraseLikesAsync,
            (write, id) => EraseFollowsAsync(write, id, own: "from", others: "to"),
            (write, id) => EraseFollowsAsync(write, id, own: "to", others: "from"),
            .. ErasedRows.Rest.Select(x =>
                (Func<Write, long, Task<int>>)((write, id) => DeleteAsync(write, x.Table, x.Column, id))
            ),
        ];
    }

    /// <summary>Erases an account that has been deleted, and its name when that has been kept long enough.</summary>
    /// <param name="id">The user's id. Nothing happens to one who has not left.</param>
    /// <param name="within">Ends, when nobody sees anything any more, after this time; null for when all is done.</param>
    /// <param name="cancellationToken">Stops between two transactions.</param>
    public async Task RunAsync(long id, TimeSpan? within, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var i = 0; i < steps.Count; )
        {
            if (i >= SeenByOthers && time.GetElapsedTime(began) > within)
            {
                return;
            }
            var step = steps[i];
            var rows = await writer.RunAsync<int>(
                viewer: null,
                async write => await HasLeftAsync(write, id) ? await step(write, id) : 0,
                cancellationToken
            );
            i += rows.Value == 0 ? 1 : 0;
        }
        await writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(
                    new Statement(
                        "DELETE FROM \"user\" WHERE id = @id AND deleted_at <= @before",
                        ("id", id),
                        ("before", write.Now.AddDays(-options.Security.DeletedNameDays))
                    )
                );
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken
        );
    }

    /// <summary>Erases the accounts whose names have been kept long enough; answers how many.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var ids = await sql.ListAsync(
            "SELECT u.id FROM \"user\" u WHERE u.deleted_at <= @before ORDER BY u.deleted_at LIMIT @take",
            row => row.GetInt64(0),
            cancellationToken,
            ("before", time.Now().AddDays(-options.Security.DeletedNameDays)),
            ("take", measures.Batch)
        );
        foreach (var id in ids)
        {
            await RunAsync(id, within: null, cancellationToken);
        }
        return ids.Count;
    }

    private static Task<bool> HasLeftAsync(Write write, long id) =>
        write.FirstAsync(
            new Statement(
                "SELECT 1 FROM \"user\" u WHERE u.id = @id AND u.deleted_at IS NOT NULL",
                ("id", id)
            ),
            _ => true
        );

    private async Task<int> HidePostsAsync(Write write, long id)
    {
        var posts = await write.ListAsync(
            new Statement(
                """
                SELECT p.id FROM post p WHERE p.user_id = @id AND p.visibility < @step
                ORDER BY p.id LIMIT @take
                """,
                ("id", id),
                ("step", Erasing.Step),
                ("take", measures.Batch * 4)
            ),
            row => row.GetInt64(0)
        );
        if (posts.Count > 0)
        {
            write.Then(
                new Statement(
                    $"""
                    UPDATE post SET visibility = visibility + @step
                    WHERE {write.Dialect.IsOneOf("id", "ids")} AND visibility < @step
                    """,
                    write.Dialect.Ids("ids", posts),
                    ("step", Erasing.Step)
                )
            );
        }
        return posts.Count;
    }

    private async Task<int> EraseMediaAsync(Write write, long id)
    {
        // Another who erases this account at once waits here, and then finds others.
        write.LockUser(id);
        var media = await write.ListAsync(
            new Statement(
                "SELECT m.id FROM media m WHERE m.user_id = @id ORDER BY m.id LIMIT @take",
                ("id", id),
                ("take", measures.Batch)
            ),
            row => row.GetInt64(0)
        );
        if (media.Count > 0)
        {
            MediaRows.Drop(
                write,
                id,
                write.Dialect.IsOneOf("m.id", "media"),
                write.Dialect.Ids("media", media)
            );
        }
        return media.Count;
    }

    /// <summary>Takes archives away with their files; there are few.</summary>
    private static async Task<int> EraseFilesAsync(Write write, string table, long id)
    {
        var files = await write.ListAsync(
            new Statement($"DELETE FROM {table} WHERE user_id = @id RETURNING file", ("id", id)),
            row => row.GetStringOrNull(0)
        );
        foreach (var file in files)
        {
            DropPrivateFile.Ask(write, file);
        }
        return files.Count;
    }

    /// <summary>Takes posts away, when their likes and notifications have been.</summary>
    private async Task<int> ErasePostsAsync(Write write, long id)
    {
        var found = await ReadPostsAsync(write, "p.user_id = @id", ("id", id));
        if (found.Count == 0)
        {
            return 0;
        }
        Lock(write, "post", [.. found.Select(x => x.Id), .. found.Select(x => x.ParentId).OfType<long>()]);
        // Another who erases this account at once may have been faster.
        var posts = await ReadPostsAsync(
            write,
            write.Dialect.IsOneOf("p.id", "ids"),
            write.Dialect.Ids("ids", found.Select(x => x.Id))
        );
        if (posts.Count == 0)
        {
            return found.Count;
        }
        var ids = write.Dialect.Ids("ids", posts.Select(x => x.Id));
        var likes = await ReadPairsAsync(
            write,
            "\"like\"",
            "post_id",
            write.Dialect.IsOneOf("o.post_id", "ids"),
            ids
        );
        if (likes.Count > 0)
        {
            TakeLikes(write, likes);
            return likes.Count;
        }
        var notifications = await write.ExecuteAsync(
            Deletion(write, "notification", write.Dialect.IsOneOf("o.post_id", "ids"), ids)
        );
        if (notifications == measures.Batch)
        {
            return notifications;
        }
        var bookmarks = await write.ExecuteAsync(
            Deletion(write, "bookmark", write.Dialect.IsOneOf("o.post_id", "ids"), ids)
        );
        if (bookmarks == measures.Batch)
        {
            return bookmarks;
        }
        write.Then(
            CountOff(
                "post",
                "replies_count",
                write,
                posts.Where(x => x.IsCounted).Select(x => x.ParentId).OfType<long>()
            )
        );
        write.Then(CountOff("user", "posts_count", write, posts.Where(x => x.IsCounted).Select(_ => id)));
        write.Then(new Statement($"DELETE FROM post WHERE {write.Dialect.IsOneOf("id", "ids")}", ids));
        return posts.Count;
    }

    private Task<List<Post>> ReadPostsAsync(Write write, string condition, (string, object?) parameter) =>
        write.ListAsync(
            new Statement(
                $"SELECT p.id, p.parent_id, p.visibility FROM post p WHERE {condition} ORDER BY p.id LIMIT @take",
                parameter,
                ("take", measures.PostBatch)
            ),
            row => new Post(
                row.GetInt64(0),
                row.GetInt64OrNull(1),
                (Visibility)(row.GetInt16(2) - Erasing.Step) <= Visibility.Unlisted
            )
        );

    private async Task<int> EraseLikesAsync(Write write, long id)
    {
        var likes = await ReadPairsAsync(write, "\"like\"", "post_id", "o.user_id = @id", ("id", id));
        if (likes.Count > 0)
        {
            Lock(write, "post", likes.Select(x => x.Other));
            TakeLikes(write, await AgainAsync(write, "\"like\"", "post_id", likes));
        }
        return likes.Count;
    }

    private static void TakeLikes(Write write, List<Pair> likes)
    {
        write.Then(CountOff("post", "likes_count", write, likes.Select(x => x.Other)));
        write.Then(Deletion(write, "\"like\"", likes));
    }

    /// <param name="write">The operation's.</param>
    /// <param name="id">Who has left.</param>
    /// <param name="own">The column of the follows where they stand.</param>
    /// <param name="others">The column where the others stand.</param>
    private async Task<int> EraseFollowsAsync(Write write, long id, string own, string others)
    {
        var follows = await ReadPairsAsync(
            write,
            "social",
            $"\"{others}\"",
            $"o.\"{own}\" = @id",
            ("id", id)
        );
        if (follows.Count > 0)
        {
            Lock(write, "user", [id, .. follows.Select(x => x.Other)]);
            var still = await AgainAsync(write, "social", $"\"{others}\"", follows);
            var (ownCount, othersCount) =
                own == "from"
                    ? ("following_count", "followers_count")
                    : ("followers_count", "following_count");
            write.Then(CountOff("user", othersCount, write, still.Select(x => x.Other)));
            write.Then(CountOff("user", ownCount, write, still.Select(_ => id)));
            write.Then(Deletion(write, "social", still));
        }
        return follows.Count;
    }

    private Task<int> DeleteAsync(Write write, string table, string column, long id) =>
        write.ExecuteAsync(Deletion(write, table, $"o.{column} = @id", ("id", id)));

    /// <summary>
    /// Locks rows before the next look, in the order of their ids, as all do who lock several; of erasures and imports one at a time
    /// does so.
    /// </summary>
    private static void Lock(Write write, string table, IEnumerable<long> ids)
    {
        var dialect = write.Dialect;
        write.Before(dialect.LockCounters());
        write.Before(
            dialect.Lock(
                $"""
                SELECT 1 FROM "{table}" o WHERE {dialect.IsOneOf("o.id", "locked")}
                ORDER BY o.id{dialect.ForNoKeyUpdate("o")}
                """,
                dialect.Ids("locked", ids.Distinct())
            )
        );
    }

    private Task<List<Pair>> ReadPairsAsync(
        Write write,
        string table,
        string other,
        string condition,
        (string, object?) parameter
    ) =>
        write.ListAsync(
            new Statement(
                $"SELECT o.id, o.{other} FROM {table} o WHERE {condition} LIMIT @take",
                parameter,
                ("take", measures.Batch)
            ),
            row => new Pair(row.GetInt64(0), row.GetInt64(1))
        );

    /// <summary>Those that are still there, now that what is counted on is locked.</summary>
    private Task<List<Pair>> AgainAsync(Write write, string table, string other, List<Pair> pairs) =>
        ReadPairsAsync(
            write,
            table,
            other,
            write.Dialect.IsOneOf("o.id", "ids"),
            write.Dialect.Ids("ids", pairs.Select(x => x.Id))
        );

    private static Statement Deletion(Write write, string table, List<Pair> pairs) =>
        new(
            $"DELETE FROM {table} WHERE {write.Dialect.IsOneOf("id", "ids")}",
            write.Dialect.Ids("ids", pairs.Select(x => x.Id))
        );

    /// <summary>The statement that deletes rows <c>o</c>, a batch of them.</summary>
    private Statement Deletion(Write write, string table, string condition, (string, object?) parameter)
    {
        var place = write.Dialect.RowPlace;
        var some = $"SELECT o.{place} FROM {table} o WHERE {condition} LIMIT @take";
        return new(
            $"DELETE FROM {table} WHERE {write.Dialect.IsAmong(place, some)}",
            parameter,
            ("take", measures.Batch)
        );
    }

    /// <summary>The statements that count one less for each time that an id is named.</summary>
    private static IEnumerable<Statement> CountOff(
        string table,
        string column,
        Write write,
        IEnumerable<long> ids
    ) =>
        ids.CountBy(x => x)
            .GroupBy(x => x.Value, x => x.Key)
            .Select(x => new Statement(
                $"UPDATE \"{table}\" SET {column} = {column} - @times WHERE {write.Dialect.IsOneOf("id", "ids")}",
                write.Dialect.Ids("ids", x),
                ("times", x.Key)
            ));

    private sealed record Post(long Id, long? ParentId, bool IsCounted);

    /// <summary>A row, and the id of whom or what it counts for.</summary>
    private readonly record struct Pair(long Id, long Other);
}
