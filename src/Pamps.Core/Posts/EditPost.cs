using Microsoft.EntityFrameworkCore;
using Pamps.Core.Events;
using Pamps.Core.Notifications;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Changes a post's text.</summary>
public sealed class EditPost
{
    private readonly IWriteGate writes;
    private readonly ReadPost readPost;
    private readonly TimeProvider time;
    private readonly SearchIndex search;
    private readonly Notify notify;
    private readonly EventLog events;
    private readonly int maxLength;

    internal EditPost(
        IWriteGate writes,
        ReadPost readPost,
        TimeProvider time,
        SearchIndex search,
        Notify notify,
        EventLog events,
        PampsOptions options
    )
    {
        (this.writes, this.readPost, this.time) = (writes, readPost, time);
        (this.search, this.notify, this.events) = (search, notify, events);
        maxLength = options.Posts.MaxLength;
    }

    /// <summary>
    /// Changes the text and the time of the last edit; answers with the post as it now is. Refused to all but the
    /// author, when the text breaks a rule, and when there is no such post.
    /// </summary>
    /// <param name="viewer">Must be the author; a superuser may delete, and not put words into a mouth.</param>
    /// <param name="id">The post.</param>
    /// <param name="text">1 to 500 characters (a setting) once trimmed and in NFC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PostView>> RunAsync(
        Viewer viewer,
        long id,
        string? text,
        CancellationToken cancellationToken
    )
    {
        var normal = PlainText.Normalize("text", text, 1, maxLength);
        if (normal.IsRefused(out var error))
        {
            return error;
        }

        // All that computes is done before the gate.
        var found = FindEntities.In(normal.Value);
        var words = IndexedWords.OfPost(normal.Value, viewer.Id, found);
        var edited = await writes.RunAsync<Done>(
            async (db, ct) =>
            {
                if (!await db.IsStillActiveAsync(viewer, ct))
                {
                    return Error.NotSignedIn;
                }
                var post = await db
                    .Posts.Where(x => x.Id == id)
                    .Select(x => new { x.UserId, x.ParentId })
                    .SingleOrDefaultAsync(ct);
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
                var entities = await PostEntities.OfAsync(db, found, ct);
                var changed = await db
                    .Posts.Where(x => x.Id == id)
                    .ExecuteUpdateAsync(
                        x =>
                            x.SetProperty(p => p.Text, normal.Value)
                                .SetProperty(p => p.Entities, entities.Json)
                                .SetProperty(p => p.EditedAt, (DateTime?)time.Now()),
                        ct
                    );
                if (changed == 0)
                {
                    return Error.PostNotFound;
                }
                await entities.ReplaceAsync(db, id, ct);
                await search.ReplacePostAsync(db, id, words, ct);
                await notify.OfEditAsync(db, viewer, id, entities.MentionedIds, ct);
                await events.RecordAsync(db, EventKind.Edit, viewer.Id, id, post.ParentId, ct);
                return new Done();
            },
            cancellationToken
        );
        return edited.IsRefused(out error) ? error : await readPost.RunAsync(viewer, id, cancellationToken);
    }
}
