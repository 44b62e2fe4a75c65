using Pamps.Core.Cards;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Changes a post's text, and which pictures it shows.</summary>
public sealed class EditPost
{
    private readonly Writer writer;
    private readonly Sql sql;
    private readonly CardLinks cards;
    private readonly int maxLength;

    internal EditPost(Writer writer, Sql sql, CardLinks cards, PampsOptions options) =>
        (this.writer, this.sql, this.cards, maxLength) = (writer, sql, cards, options.Posts.MaxLength);

    /// <summary>
    /// Changes the text and the time of the last edit; answers with the post as it now is. Refused to all but the
    /// author, when the text breaks a rule, and when there is no such post.
    /// </summary>
    /// <param name="viewer">Must be the author; a superuser may delete, and not put words into a mouth.</param>
    /// <param name="id">The post.</param>
    /// <param name="text">1 to 500 characters (a setting) once trimmed and in NFC; with pictures it may be empty.</param>
    /// <param name="mediaIds">
    /// The pictures that it shows from now on, in their order: at most four, its own or such as no other post shows. What is left out
    /// is deleted. Null to leave them as they are.
    /// </param>
    /// <param name="sensitive">
    /// Whether they are covered until somebody wants to see them; null to leave that as it is. What a moderator has covered stays so.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PostView>> RunAsync(
        Viewer viewer,
        long id,
        string? text,
        IReadOnlyList<long>? mediaIds,
        bool? sensitive,
        CancellationToken cancellationToken
    )
    {
        if (PostMedia.Check(mediaIds) is { } tooMany)
        {
            return tooMany;
        }
        var normal = PlainText.Normalize("text", text, 0, maxLength);
        if (normal.IsRefused(out var error))
        {
            return error;
        }

        // All that computes is done before the gate.
        var found = FindEntities.In(normal.Value);
        var words = IndexedWords.OfPost(normal.Value, viewer.Id, found);
        var link = cards.FirstIn(found);
        var edited = await writer.RunAsync<Done>(
            viewer,
            Deed.Edit,
            key: null,
            async write =>
            {
                var post = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT p.user_id, p.parent_id, p.visibility,
                            (SELECT q.user_id FROM post q WHERE q.id = p.parent_id), p.media, p.sensitive
                        FROM post p WHERE p.id = @id AND {PostSql.Visible(
                            viewer
                        )}{write.Dialect.ForNoKeyUpdate("p")}
                        """,
                        ("id", id),
                        ("viewer", viewer.Id)
                    ),
                    row => new Found(
                        row.GetInt64(0),
                        row.GetInt64OrNull(1),
                        // Of somebody who was restored it may be hidden for a moment more.
                        Erasing.Shown(row.GetInt16(2)),
                        row.GetInt64OrNull(3),
                        new MediaJson(row.GetStringOrNull(4)),
                        row.GetBoolean(5)
                    )
                );
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.UserId != viewer.Id)
                {
                    return new Error(
                        ErrorKind.Forbidden,
                        "not_the_author",
                        "Only its author may edit a post"
                    );
                }
                var media = post.Media;
                if (mediaIds is not null)
                {
                    var taken = await PostMedia.TakeAsync(write, mediaIds, id);
                    if (taken.IsRefused(out var notMine))
                    {
                        return notMine;
                    }
                    media = MediaJson.Of(taken.Value);
                    if (post.Media.Json is not null)
                    {
                        PostMedia.Drop(write, id, viewer.Id, kept: taken.Value);
                    }
                    write.Then(PostMedia.Give(taken.Value, id));
                }
                if (normal.Value.Length == 0 && media.Json is null)
                {
                    return PlainText.Empty("text");
                }
                var entities = await PostEntities.OfAsync(write, viewer.Id, found);
                var page = PostSql.IsForAll(post.Visibility) ? link : null;
                cards.Want(write, page);
                write.Then(
                    new Statement(
                        $"""
                        UPDATE post SET text = @text, entities = @entities, media = @media, edited_at = @now, card_id = {CardRows.IdOfParameter},
                            sensitive = @sensitive
                        WHERE id = @id
                        """,
                        ("text", normal.Value),
                        ("entities", entities.Json),
                        ("media", media.Json),
                        ("sensitive", sensitive ?? post.Sensitive),
                        ("card", page),
                        ("now", write.Now),
                        ("id", id)
                    )
                );
                var audience = PostAudience.Of(
                    post.Visibility,
                    viewer.Id,
                    entities.MentionedIds,
                    post.AnsweredId
                );
                // Before the rows change: they tell whom it named until now.
                write.Record(
                    new PostEdited(
                        id,
                        viewer.Id,
                        post.ParentId,
                        entities.MentionedIds,
                        PostSql.WordsFor(post.Visibility, words),
                        audience.Told,
                        found.Any(x => x.Kind == EntityKind.Url)
                    )
                );
                write.Then(PostEntities.WithoutRows(id));
                write.Then(entities.NewRows(id));
                if (!PostSql.IsForAll(post.Visibility))
                {
                    write.Then(PostAudience.WithoutRows(id));
                    write.Then(audience.NewRows(id));
                }
                return new Done();
            },
            cancellationToken
        );
        return edited.IsRefused(out error)
            ? error
            : await ReadPost.FromAsync(sql, viewer, id, cancellationToken);
    }

    private sealed record Found(
        long UserId,
        long? ParentId,
        Visibility Visibility,
        long? AnsweredId,
        MediaJson Media,
        bool Sensitive
    );
}
