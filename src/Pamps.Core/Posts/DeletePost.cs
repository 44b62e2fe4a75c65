using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Deletes a post with its likes. Its replies stay, and stay replies.</summary>
public sealed class DeletePost
{
    private readonly Writer writer;

    internal DeletePost(Writer writer) => this.writer = writer;

    /// <summary>Deletes the post. Refused to all but its author and superusers, and when there is no such post.</summary>
    public Task<Result<Done>> RunAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                // Locked, so that no like comes between what is told and what is deleted.
                var post = await write.FirstAsync(
                    new Statement(
                        $"SELECT p.user_id, p.parent_id FROM post p WHERE p.id = @id{write.Dialect.ForUpdate("p")}",
                        ("id", id)
                    ),
                    row => new Found(row.GetInt64(0), row.GetInt64OrNull(1))
                );
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.UserId != viewer.Id && !viewer.Superuser)
                {
                    return new Error(
                        ErrorKind.Forbidden,
                        "not_the_author",
                        "Only its author may delete a post"
                    );
                }
                write.Record(new PostDeleted(id, post.UserId, post.ParentId));
                write.Then(new Statement("DELETE FROM post WHERE id = @id", ("id", id)));
                if (post.ParentId is { } parentId)
                {
                    write.Then(
                        new Statement(
                            "UPDATE post SET replies_count = replies_count - 1 WHERE id = @id",
                            ("id", parentId)
                        )
                    );
                }
                write.Then(
                    new Statement(
                        "UPDATE \"user\" SET posts_count = posts_count - 1 WHERE id = @id",
                        ("id", post.UserId)
                    )
                );
                return new Done();
            },
            cancellationToken
        );

    private sealed record Found(long UserId, long? ParentId);
}
