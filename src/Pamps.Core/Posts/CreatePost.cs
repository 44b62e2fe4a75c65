using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Notifications;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Writes a post, or a reply to one.</summary>
public sealed class CreatePost
{
    private const string CountReply =
        "UPDATE post SET replies_count = replies_count + 1 WHERE id = @id RETURNING user_id";
    private const string CountPost = """
        UPDATE "user" SET posts_count = posts_count + 1 WHERE id = @id AND active RETURNING username, avatar
        """;
    private const string Insert = """
        INSERT INTO post (id, text, date, user_id, parent_id, likes_count, replies_count, entities)
        VALUES (@id, @text, @date, @user_id, @parent_id, 0, 0, @entities)
        """;

    private readonly IWriteGate writes;
    private readonly WriteSql sql;
    private readonly Ids ids;
    private readonly TimeProvider time;
    private readonly SearchIndex search;
    private readonly Notify notify;
    private readonly EventLog events;
    private readonly int maxLength;

    internal CreatePost(
        IWriteGate writes,
        WriteSql sql,
        Ids ids,
        TimeProvider time,
        SearchIndex search,
        Notify notify,
        EventLog events,
        PampsOptions options
    )
    {
        (this.writes, this.sql, this.ids, this.time) = (writes, sql, ids, time);
        (this.search, this.notify, this.events) = (search, notify, events);
        maxLength = options.Posts.MaxLength;
    }

    /// <summary>Writes the post. Refused when the text breaks a rule or there is no such parent.</summary>
    /// <param name="viewer">The author.</param>
    /// <param name="text">1 to 500 characters (a setting) once trimmed and in NFC.</param>
    /// <param name="parentId">The post it replies to, or null.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PostView>> RunAsync(
        Viewer viewer,
        string? text,
        long? parentId,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        if (PlainText.Normalize("text", text, 1, maxLength) is var normal && normal.IsRefused(out var error))
        {
            return error;
        }

        // All that computes is done before the gate.
        var (now, body) = (time.Now(), normal.Value);
        var found = FindEntities.In(body);
        var words = IndexedWords.OfPost(body, viewer.Id, found);
        return await writes.RunAsync<PostView>(
            key,
            viewer.Id,
            now,
            async (db, ct) =>
            {
                // The parent's row first, as its deletion does, and locked until the commit: it cannot be deleted
                // between this and the reply.
                long? answered = null;
                if (parentId is not null)
                {
                    answered = await sql.FirstAsync(
                        db,
                        CountReply,
                        row => (long?)row.GetInt64(0),
                        ct,
                        ("id", parentId)
                    );
                    if (answered is null)
                    {
                        return Error.Invalid(
                            "parent_id",
                            "parent_not_found",
                            "There is no such post to reply to."
                        );
                    }
                }
                var author = await sql.FirstAsync(
                    db,
                    CountPost,
                    row => new Author(row.GetString(0), row.GetStringOrNull(1)),
                    ct,
                    ("id", viewer.Id)
                );
                if (author is null)
                {
                    return Error.NotSignedIn;
                }

                var id = ids.Next();
                var entities = await PostEntities.OfAsync(db, found, ct);
                await sql.EndWithAsync(
                    db,
                    [
                        new Statement(
                            Insert,
                            ("id", id),
                            ("text", body),
                            ("date", now),
                            ("user_id", viewer.Id),
                            ("parent_id", parentId),
                            ("entities", entities.Json)
                        ),
                        .. entities.NewRows(id),
                        search.NewPost(id, words),
                        .. notify.OfPost(viewer, id, answered, entities.MentionedIds),
                        events.Record(EventKind.Post, viewer.Id, id, parentId),
                    ],
                    ct
                );
                return new PostView(
                    id,
                    body,
                    now,
                    viewer.Id,
                    parentId,
                    author.Username,
                    author.Avatar,
                    LikesCount: 0,
                    RepliesCount: 0,
                    Liked: false,
                    EditedAt: null,
                    Entities: new EntitiesJson(entities.Json)
                );
            },
            cancellationToken
        );
    }

    private sealed record Author(string Username, string? Avatar);
}
