using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>The pictures that a post shows.</summary>
internal static class PostMedia
{
    /// <summary>The most that a post shows.</summary>
    public const int Most = 4;

    /// <summary>The refusal of ids that no post can have, without a look.</summary>
    public static Error? Check(IReadOnlyList<long>? ids) =>
        ids is not null && (ids.Count > Most || ids.Distinct().Count() < ids.Count)
            ? MediaErrors.TooManyForPost
            : null;

    /// <summary>
    /// The viewer's pictures with these ids, in their order, locked until the commit: of two posts that want one, the later finds it
    /// taken. Refused when one is somebody else's, gone, in another post, or in the profile.
    /// </summary>
    /// <param name="write">The author's.</param>
    /// <param name="ids">At most <see cref="Most"/>, each once.</param>
    /// <param name="postId">The post that may have them already; 0 for a new one.</param>
    public static async Task<Result<IReadOnlyList<MediaView>>> TakeAsync(
        Write write,
        IReadOnlyList<long> ids,
        long postId
    )
    {
        if (ids.Count == 0)
        {
            return Array.Empty<MediaView>();
        }
        var found = await FindAsync(write, write.Viewer.Id, ids, postId);
        return found.Count == ids.Count
            ? ids.Select(x => found.First(y => y.Id == x)).ToArray()
            : MediaErrors.NotForPost;
    }

    /// <summary>Those of a person's pictures with these ids that a post may show, locked until the commit.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="ownerId">Whose they are.</param>
    /// <param name="ids">Each once; bounded.</param>
    /// <param name="postId">The post that may have them already; 0 for a new one.</param>
    public static Task<List<MediaView>> FindAsync(
        Write write,
        long ownerId,
        IReadOnlyList<long> ids,
        long postId
    )
    {
        write.LockUser(ownerId);
        return write.ListAsync(
            new Statement(
                $"""
                SELECT {MediaRows.Columns} FROM media m
                WHERE {write.Dialect.IsOneOf("m.id", "ids")} AND m.user_id = @owner
                    AND ({MediaRows.IsFree} OR m.post_id = @post)
                ORDER BY m.id{write.Dialect.ForNoKeyUpdate("m")}
                """,
                write.Dialect.Ids("ids", ids),
                ("owner", ownerId),
                ("post", postId)
            ),
            MediaRows.Read
        );
    }

    /// <summary>The statements by which pictures are a post's, in their order.</summary>
    public static IEnumerable<Statement> Give(IReadOnlyList<MediaView> media, long postId) =>
        media.Select(
            (x, place) =>
                new Statement(
                    "UPDATE media SET post_id = @post, place = @place WHERE id = @id",
                    ("post", postId),
                    ("place", (short)place),
                    ("id", x.Id)
                )
        );

    /// <summary>Takes a post's pictures away, all but those that it keeps. The post is locked.</summary>
    public static void Drop(Write write, long postId, long authorId, IReadOnlyList<MediaView>? kept = null)
    {
        (string, object?) post = ("post", postId);
        if (kept is null or { Count: 0 })
        {
            MediaRows.Drop(write, authorId, "m.post_id = @post", post);
            return;
        }
        MediaRows.Drop(
            write,
            authorId,
            $"m.post_id = @post AND NOT {write.Dialect.IsOneOf("m.id", "kept")}",
            post,
            write.Dialect.Ids("kept", kept.Select(x => x.Id))
        );
    }
}
