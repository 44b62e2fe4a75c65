using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Pins a post to its author's profile, where it stands first.</summary>
public sealed class PinPost
{
    /// <summary>The most posts that a profile has pinned.</summary>
    public const int Most = 5;

    private static readonly Error NotTheAuthor = new(
        ErrorKind.Forbidden,
        "not_the_author",
        "Only its author may pin a post"
    );

    private static readonly Error NotPublic = new(
        ErrorKind.Conflict,
        "not_public",
        "Only a public post can be pinned"
    );

    private static readonly Error NoMore = new(
        ErrorKind.Conflict,
        "no_more_pins",
        string.Create(
            CultureInfo.InvariantCulture,
            $"A profile has at most {Most} pinned posts; take one of them off first"
        )
    );

    private readonly Writer writer;
    private readonly Sql sql;

    internal PinPost(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>
    /// Pins the post, and answers with it; nothing happens to one that is pinned. Refused to all but its author, when it is not for
    /// everybody, when enough are pinned, and when there is no such post for the viewer.
    /// </summary>
    public async Task<Result<PostView>> RunAsync(Viewer viewer, long id, CancellationToken cancellationToken)
    {
        var pinned = await writer.RunAsync<Done>(
            viewer,
            Deed.Other,
            key: null,
            async write =>
            {
                // The post before its author, as all do who lock both. Of two pins at once the later counts the earlier.
                write.Before(
                    write.Dialect.Lock(
                        $"SELECT 1 FROM post p WHERE p.id = @id AND {PostSql.Visible(viewer)}{write.Dialect.ForNoKeyUpdate("p")}",
                        ("id", id),
                        ("viewer", viewer.Id)
                    )
                );
                write.LockUser(viewer.Id);
                var post = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT p.user_id, p.visibility, p.pinned, ({PostSql.CountPinned})
                        FROM post p WHERE p.id = @id AND {PostSql.Visible(viewer)}
                        """,
                        ("id", id),
                        ("viewer", viewer.Id)
                    ),
                    row => new Found(
                        row.GetInt64(0),
                        (Visibility)row.GetInt16(1),
                        row.GetBoolean(2),
                        row.GetInt64(3)
                    )
                );
                var refusal =
                    post is null ? Error.PostNotFound
                    : post.UserId != viewer.Id ? NotTheAuthor
                    : post.Visibility != Visibility.Public ? NotPublic
                    : !post.IsPinned && post.Pinned >= Most ? NoMore
                    : null;
                if (refusal is not null)
                {
                    return refusal;
                }
                if (!post!.IsPinned)
                {
                    write.Then(Set(id, isPinned: true));
                }
                return new Done();
            },
            cancellationToken
        );
        return pinned.IsRefused(out var error)
            ? error
            : await ReadPost.FromAsync(sql, viewer, id, cancellationToken);
    }

    /// <summary>
    /// Takes the post off its author's profile; no error when it was not pinned. Refused to all but its author, and when there is no
    /// such post for the viewer.
    /// </summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var post = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT p.user_id, p.pinned FROM post p
                        WHERE p.id = @id AND {PostSql.Visible(viewer)}{write.Dialect.ForNoKeyUpdate("p")}
                        """,
                        ("id", id),
                        ("viewer", viewer.Id)
                    ),
                    row => ((long UserId, bool IsPinned)?)(row.GetInt64(0), row.GetBoolean(1))
                );
                if (post is not (var userId, var isPinned))
                {
                    return Error.PostNotFound;
                }
                if (userId != viewer.Id)
                {
                    return NotTheAuthor;
                }
                if (isPinned)
                {
                    write.Then(Set(id, isPinned: false));
                }
                return new Done();
            },
            cancellationToken
        );

    private static Statement Set(long id, bool isPinned) =>
        new("UPDATE post SET pinned = @pinned WHERE id = @id", ("pinned", isPinned), ("id", id));

    private sealed record Found(long UserId, Visibility Visibility, bool IsPinned, long Pinned);
}
