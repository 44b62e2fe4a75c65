using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using Pamps.Core.Cards;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Writes a post, or a reply to one.</summary>
public sealed class CreatePost
{
    private const string Insert = $"""
        INSERT INTO post (id, text, date, user_id, parent_id, likes_count, replies_count, entities, visibility, media, sensitive, card_id)
        VALUES (@id, @text, @date, @user_id, @parent_id, 0, 0, @entities, @visibility, @media, @sensitive, {CardRows.IdOfParameter})
        """;

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly CardLinks cards;
    private readonly ConfirmedEmail confirmed;
    private readonly string lookAtAuthor;
    private readonly ConcurrentDictionary<string, string> looksAtOnce = new();
    private readonly int maxLength;

    internal CreatePost(
        Writer writer,
        Sql sql,
        CardLinks cards,
        ConfirmedEmail confirmed,
        PampsOptions options
    )
    {
        (this.writer, this.sql, this.cards) = (writer, sql, cards);
        (this.confirmed, maxLength) = (confirmed, options.Posts.MaxLength);
        lookAtAuthor = $"""
            SELECT v.username, v.avatar, v.display_name, {CardRows.ContentOfParameter}, {confirmed.IsInTheWay}
            FROM "user" v
            """;
    }

    /// <summary>
    /// Writes the post. Refused when the text breaks a rule, there is no such parent, or the author is yet to confirm their e-mail address. Asked again with the same key, it answers
    /// with the post as it now is, and refuses when it was deleted.
    /// </summary>
    /// <param name="viewer">The author.</param>
    /// <param name="text">1 to 500 characters (a setting) once trimmed and in NFC; with pictures it may be empty, or null.</param>
    /// <param name="parentId">The post it replies to, which the author must see; or null.</param>
    /// <param name="visibility">
    /// Who may see it; null for everybody, and for a reply for those who may see what it answers, as far as they can be named.
    /// </param>
    /// <param name="mediaIds">
    /// The pictures that it shows, in their order: at most four of the author's that no other post shows. Null for none.
    /// </param>
    /// <param name="sensitive">Whether they are covered until somebody wants to see them.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PostView>> RunAsync(
        Viewer viewer,
        string? text,
        long? parentId,
        Visibility? visibility,
        IReadOnlyList<long>? mediaIds,
        bool sensitive,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        if (PostMedia.Check(mediaIds) is { } tooMany)
        {
            return tooMany;
        }
        var shown = mediaIds ?? [];
        var normal =
            shown.Count > 0
                ? PlainText.Normalize("text", text ?? "", 0, maxLength)
                : PlainText.Normalize("text", text, 1, maxLength);
        if (normal.IsRefused(out var error))
        {
            return error;
        }

        // All that computes is done before the gate.
        var body = normal.Value;
        var found = FindEntities.In(body);
        var words = IndexedWords.OfPost(body, viewer.Id, found);
        var link = cards.FirstIn(found);
        var written = await writer.RunAtOnceAsync<Written<PostView>>(
            viewer,
            Deed.Post,
            key,
            // A look has to come first at what it answers, whom it names, and its pictures; and a card is there before its post.
            parentId is null
            && shown.Count == 0
            && link is null
            && found.All(x => x.Kind != EntityKind.Mention)
                ? write =>
                {
                    var id = write.NewId();
                    var finish = Leave(write, id, visibility ?? Visibility.Public, null, Unnamed(found), []);
                    return new AtOnce<Written<PostView>>(
                        LookAtOnce(write),
                        row => finish(ReadAuthor(row, viewer), default),
                        new Written<PostView>(id)
                    );
                }
                : null,
            async write =>
            {
                var place = await LookAsync(write, parentId, link);
                if (place is null)
                {
                    return Error.Invalid(
                        "parent_id",
                        "parent_not_found",
                        "There is no such post to reply to."
                    );
                }
                if (place.IsUnconfirmed)
                {
                    return ConfirmedEmail.NotConfirmed;
                }

                var taken = await PostMedia.TakeAsync(write, shown, postId: 0);
                if (taken.IsRefused(out var notMine))
                {
                    return notMine;
                }
                // A reply is never more public than what it answers, unless its author says so.
                var seen = visibility ?? place.Answered?.Visibility ?? Visibility.Public;
                var id = write.NewId();
                var entities = await PostEntities.OfAsync(write, viewer.Id, found);
                return Leave(write, id, seen, place.Answered, entities, taken.Value)(
                    place.Author,
                    place.Card
                );
            },
            cancellationToken
        );
        if (written.IsRefused(out error))
        {
            return error;
        }
        return written.Value.View is { } post
            ? post
            : await ReadPost.FromAsync(sql, viewer, written.Value.Id, cancellationToken);

        // Leaves to the commit all that is written, and gives what makes the answer of who the author is and the link's card.
        Func<AuthorView, CardJson, Written<PostView>> Leave(
            Write write,
            long id,
            Visibility seen,
            Answered? answered,
            PostEntities entities,
            IReadOnlyList<MediaView> taken
        )
        {
            var media = MediaJson.Of(taken);
            // To ask a page would tell its site of a post that is not for everybody.
            var page = PostSql.IsForAll(seen) ? link : null;
            var audience = PostAudience.Of(seen, viewer.Id, entities.MentionedIds, answered?.AuthorId);
            if (PostSql.IsForAll(seen))
            {
                write.Then(PostSql.Count(viewer.Id, parentId, 1));
            }
            cards.Want(write, page);
            write.Then(
                new Statement(
                    Insert,
                    ("id", id),
                    ("text", body),
                    ("date", write.Now),
                    ("user_id", viewer.Id),
                    ("parent_id", parentId),
                    ("entities", entities.Json),
                    ("visibility", (short)seen),
                    ("media", media.Json),
                    ("sensitive", sensitive),
                    ("card", page)
                )
            );
            write.Then(PostMedia.Give(taken, id));
            write.Then(entities.NewRows(id));
            write.Then(audience.NewRows(id));
            write.Record(
                new PostWritten(
                    id,
                    viewer.Id,
                    parentId,
                    answered?.AuthorId,
                    entities.MentionedIds,
                    PostSql.WordsFor(seen, words),
                    audience.Told,
                    found.Any(x => x.Kind == EntityKind.Url)
                )
            );
            return (author, card) =>
                new Written<PostView>(id)
                {
                    View = new PostView(
                        id,
                        body,
                        write.Now,
                        author,
                        parentId,
                        LikesCount: 0,
                        RepliesCount: 0,
                        Liked: false,
                        EditedAt: null,
                        Entities: new EntitiesJson(entities.Json),
                        Visibility: seen,
                        ParentUsername: answered?.AuthorName,
                        Media: media,
                        Pinned: false,
                        Card: page is null ? default : card,
                        Sensitive: sensitive
                    ),
                };
        }
    }

    private static PostEntities Unnamed(IReadOnlyList<TextEntity> found) =>
        PostEntities.Of(found, ImmutableDictionary<string, NamedUser>.Empty);

    private Statement LookAtOnce(Write write) =>
        write.LookAtOnce(
            looksAtOnce.GetOrAdd(
                write.MayAtOnce,
                static (may, x) =>
                    $"{x.self.lookAtAuthor} WHERE {may} AND NOT {x.self.confirmed.IsInTheWay}{x.forKeyShare}",
                (self: this, forKeyShare: write.Dialect.ForKeyShare("v"))
            ),
            ("card", null)
        );

    /// <summary>
    /// The author, whether they are yet to confirm their address, what is known of the page that the post links to, and what is answered, whose
    /// row is locked until the commit: it cannot be deleted between this and the reply.
    /// Null when the author may not see that.
    /// </summary>
    private Task<Place?> LookAsync(Write write, long? parentId, string? link) =>
        parentId is null
            ? write.FirstAsync(
                new Statement(
                    $"{lookAtAuthor} WHERE v.id = @viewer",
                    ("viewer", write.Viewer.Id),
                    ("card", link)
                ),
                row => new Place(ReadAuthor(row, write.Viewer), ReadCard(row), row.GetBoolean(4), null)
            )
            : write.FirstAsync(
                new Statement(
                    $"""
                    SELECT v.username, v.avatar, v.display_name, {CardRows.ContentOfParameter}, {confirmed.IsInTheWay},
                        p.user_id, p.visibility, (SELECT w.username FROM "user" w WHERE w.id = p.user_id)
                    FROM post p JOIN "user" v ON v.id = @viewer
                    WHERE p.id = @id AND {PostSql.Visible(write.Viewer)}{write.Dialect.ForNoKeyUpdate("p")}
                    """,
                    ("viewer", write.Viewer.Id),
                    ("id", parentId),
                    ("card", link)
                ),
                row => new Place(
                    ReadAuthor(row, write.Viewer),
                    ReadCard(row),
                    row.GetBoolean(4),
                    new Answered(
                        row.GetInt64(5),
                        row.GetString(7),
                        // Of somebody who was restored it may be hidden for a moment more.
                        Erasing.Shown(row.GetInt16(6))
                    )
                )
            );

    private static AuthorView ReadAuthor(DbDataReader row, Viewer viewer) =>
        new(viewer.Id, row.GetString(0), row.GetAvatar(1), row.GetStringOrNull(2));

    private static CardJson ReadCard(DbDataReader row) => new(row.GetStringOrNull(3));

    private sealed record Place(AuthorView Author, CardJson Card, bool IsUnconfirmed, Answered? Answered);

    private sealed record Answered(long AuthorId, string AuthorName, Visibility Visibility);
}
