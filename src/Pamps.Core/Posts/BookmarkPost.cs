using Pamps.Core.Databases;
using Pamps.Core.Instances;
using Pamps.Core.Limits;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Who has bookmarked which post since when.</summary>
/// <param name="UserId">Who.</param>
/// <param name="PostId">Which post.</param>
/// <param name="Date">Since when, UTC.</param>
public sealed record BookmarkView(long UserId, long PostId, DateTime Date);

/// <summary>Bookmarks a post, and takes that back. Nobody but who does it ever knows: nothing is counted or told.</summary>
public sealed class BookmarkPost
{
    private readonly Writer writer;
    private readonly KnownLogins known;
    private readonly InstanceNotices others;

    internal BookmarkPost(Writer writer, KnownLogins known, InstanceNotices others) =>
        (this.writer, this.known, this.others) = (writer, known, others);

    /// <summary>
    /// Bookmarks; answers with the bookmark that stands, and whether this call made it. Refused when there is no such post for the viewer.
    /// </summary>
    /// <param name="viewer">Who bookmarks.</param>
    /// <param name="postId">What is bookmarked; one's own posts too.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Made<BookmarkView>>> RunAsync(
        Viewer viewer,
        long postId,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        var isFirst = false;
        var made = await writer.RunAsync<Made<BookmarkView>>(
            viewer,
            Deed.Bookmark,
            key,
            async write =>
            {
                isFirst = false;
                var post = await LookAsync(write, postId, PostSql.Visible(viewer));
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.BookmarkedAt is { } since)
                {
                    return new Made<BookmarkView>(new BookmarkView(viewer.Id, postId, since), IsNew: false);
                }
                write.Then(
                    new Statement(
                        "INSERT INTO bookmark (id, user_id, post_id, date) VALUES (@id, @user_id, @post_id, @date)",
                        ("id", write.NewId()),
                        ("user_id", viewer.Id),
                        ("post_id", postId),
                        ("date", write.Now)
                    )
                );
                if (!post.HasSome)
                {
                    isFirst = true;
                    write.Then(HasSome(viewer.Id));
                }
                return new Made<BookmarkView>(new BookmarkView(viewer.Id, postId, write.Now), IsNew: true);
            },
            cancellationToken
        );
        if (isFirst && !made.IsRefused(out _))
        {
            // Else the next list would not yet look for what was bookmarked.
            known.Forget();
            others.Send(Notice.Revoked);
        }
        return made;
    }

    /// <summary>
    /// Takes the bookmark back, also of a post that was closed to the viewer since; no error when there was none. Refused when there is
    /// neither that nor such a post for the viewer.
    /// </summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, long postId, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var post = await LookAsync(
                    write,
                    postId,
                    $"(b.date IS NOT NULL OR {PostSql.Visible(viewer)})"
                );
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                // Of two at once one deletes it, and counts.
                if (
                    post.BookmarkedAt is not null
                    && await write.ExecuteAsync(
                        new Statement(
                            "DELETE FROM bookmark WHERE post_id = @post_id AND user_id = @user_id",
                            ("post_id", postId),
                            ("user_id", viewer.Id)
                        )
                    ) > 0
                )
                {
                    write.Then(Allowance.Change(viewer.Id, Deed.Bookmark, -1));
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>
    /// Says for good that somebody may have bookmarks (<see cref="Viewer.HasBookmarks"/>). It is not taken back with the last one: that would
    /// race with the next.
    /// </summary>
    internal static Statement HasSome(long userId) =>
        new(
            "UPDATE account SET has_bookmarks = @yes WHERE user_id = @user_id AND NOT has_bookmarks",
            ("yes", true),
            ("user_id", userId)
        );

    /// <summary>The post, which nobody deletes meanwhile, and whether the viewer has bookmarked it.</summary>
    private static Task<Found?> LookAsync(Write write, long postId, string condition) =>
        write.FirstAsync(
            new Statement(
                $"""
                SELECT b.date, (SELECT a.has_bookmarks FROM account a WHERE a.user_id = @viewer)
                FROM post p LEFT JOIN bookmark b ON b.post_id = p.id AND b.user_id = @viewer
                WHERE p.id = @id AND {condition}{write.Dialect.ForKeyShare("p")}
                """,
                ("viewer", write.Viewer.Id),
                ("id", postId)
            ),
            row => new Found(row.GetUtcOrNull(0), row.GetBooleanOrNull(1) ?? true)
        );

    private sealed record Found(DateTime? BookmarkedAt, bool HasSome);
}
