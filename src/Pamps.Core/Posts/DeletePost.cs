using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Deletes a post with its likes and pictures. Its replies stay, and stay replies.</summary>
public sealed class DeletePost
{
    private readonly Writer writer;

    internal DeletePost(Writer writer) => this.writer = writer;

    /// <summary>
    /// Deletes the post. Refused to all but its author and superusers, of an owner's to all but owners, and when there is no such post for
    /// the viewer.
    /// </summary>
    public Task<Result<Done>> RunAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var post = await FindAsync(write, id, PostSql.Visible(viewer), ("viewer", viewer.Id));
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.UserId != viewer.Id)
                {
                    if (!viewer.Superuser)
                    {
                        return new Error(
                            ErrorKind.Forbidden,
                            "not_the_author",
                            "Only its author may delete a post"
                        );
                    }
                    if (!viewer.Role.MayAdminister(await RoleOfAsync(write, post.UserId)))
                    {
                        return Error.NotBelow;
                    }
                }
                await RemoveAsync(write, id, post);
                return new Done();
            },
            cancellationToken
        );

    private static Task<Role> RoleOfAsync(Write write, long userId) =>
        write.FirstAsync(
            new Statement(
                "SELECT a.superuser, a.role FROM account a WHERE a.user_id = @author",
                ("author", userId)
            ),
            row => Roles.Of(row.GetBoolean(0), row.GetInt16(1))
        );

    /// <summary>A post, locked; null when there is none that meets the condition.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="id">The post.</param>
    /// <param name="condition">A condition on <c>p</c>; trusted.</param>
    /// <param name="parameters">What that names.</param>
    internal static Task<Found?> FindAsync(
        Write write,
        long id,
        string condition,
        params (string, object?)[] parameters
    ) =>
        // Locked, so that no like comes between what is told and what is deleted.
        write.FirstAsync(
            new Statement(
                $"""
                SELECT p.user_id, p.parent_id, p.visibility, p.media IS NOT NULL FROM post p
                WHERE p.id = @id AND {condition}{write.Dialect.ForUpdate("p")}
                """,
                [("id", id), .. parameters]
            ),
            row => new Found(
                row.GetInt64(0),
                row.GetInt64OrNull(1),
                (Visibility)row.GetInt16(2),
                row.GetBoolean(3)
            )
        );

    /// <summary>Leaves such a post deleted, with what belongs to it.</summary>
    internal static async Task RemoveAsync(Write write, long id, Found post)
    {
        // Of somebody who is suspended it is hidden.
        var seen = Erasing.Shown((short)post.Visibility);
        var told =
            seen == Visibility.Direct
                ? await write.ListAsync(
                    new Statement("SELECT a.user_id FROM audience a WHERE a.post_id = @id", ("id", id)),
                    row => row.GetInt64(0)
                )
                : null;
        write.Record(new PostDeleted(id, post.UserId, post.ParentId, told));
        if (post.HasMedia)
        {
            PostMedia.Drop(write, id, post.UserId);
        }
        write.Then(new Statement("DELETE FROM post WHERE id = @id", ("id", id)));
        if (PostSql.IsForAll(seen))
        {
            write.Then(PostSql.Count(post.UserId, post.ParentId, -1));
        }
        write.Then(Allowance.Change(post.UserId, Deed.Post, -1));
        if (post.UserId != write.Viewer.Id)
        {
            write.Audit(
                SecurityEvent.By(
                    write.Viewer,
                    SecurityEventKinds.PostRemoved,
                    post.UserId,
                    id.ToString(CultureInfo.InvariantCulture)
                )
            );
        }
    }

    internal sealed record Found(long UserId, long? ParentId, Visibility Visibility, bool HasMedia);
}
