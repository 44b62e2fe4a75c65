using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Writes a post, or a reply to one.</summary>
public sealed class CreatePost
{
    private const string CountReply =
        "UPDATE post SET replies_count = replies_count + 1 WHERE id = @id RETURNING user_id";
    private const string CountPost = """
        UPDATE "user" SET posts_count = posts_count + 1 WHERE id = @id RETURNING username, avatar
        """;
    private const string Insert = """
        INSERT INTO post (id, text, date, user_id, parent_id, likes_count, replies_count, entities)
        VALUES (@id, @text, @date, @user_id, @parent_id, 0, 0, @entities)
        """;

    private readonly Writer writer;
    private readonly int maxLength;

    internal CreatePost(Writer writer, PampsOptions options) =>
        (this.writer, maxLength) = (writer, options.Posts.MaxLength);

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
        var body = normal.Value;
        var found = FindEntities.In(body);
        var words = IndexedWords.OfPost(body, viewer.Id, found);
        return await writer.RunAsync<PostView>(
            viewer,
            key,
            async write =>
            {
                // The parent's row first, as its deletion does, and locked until the commit: it cannot be deleted
                // between this and the reply.
                long? answered = null;
                if (parentId is not null)
                {
                    answered = await write.FirstAsync(
                        new Statement(CountReply, ("id", parentId)),
                        row => (long?)row.GetInt64(0)
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
                var author = await write.FirstAsync(
                    new Statement(CountPost, ("id", viewer.Id)),
                    row => new Author(row.GetString(0), row.GetStringOrNull(1))
                );
                if (author is null)
                {
                    return Error.NotSignedIn;
                }

                var id = write.NewId();
                var entities = await PostEntities.OfAsync(write, found);
                write.Then(
                    new Statement(
                        Insert,
                        ("id", id),
                        ("text", body),
                        ("date", write.Now),
                        ("user_id", viewer.Id),
                        ("parent_id", parentId),
                        ("entities", entities.Json)
                    )
                );
                write.Then(entities.NewRows(id));
                write.Record(
                    new PostWritten(id, viewer.Id, parentId, answered, entities.MentionedIds, words)
                );
                return new PostView(
                    id,
                    body,
                    write.Now,
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
