using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Deletes an account with its posts, likes, follows and logins. There is no undo. The last superuser stays.</summary>
public sealed class DeleteUser
{
    /// <summary>Somebody who wrote for years takes longer to delete than a request usually waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <remarks>
    /// The plus keeps both databases from counting along the index of all the account's posts, once for each. Posts, likes,
    /// follows and logins go by the references' ON DELETE CASCADE. Counted are the replies that everybody may see.
    /// </remarks>
    private static readonly string[] Deletion =
    [
        $"""
            UPDATE post SET replies_count = replies_count
                - (SELECT count(*) FROM post r WHERE r.parent_id = post.id AND +r.user_id = @id
                    AND r.visibility <= {(int)Visibility.Unlisted})
            WHERE id IN (SELECT r.parent_id FROM post r WHERE r.user_id = @id AND r.parent_id IS NOT NULL)
            """,
        """
            UPDATE post SET likes_count = likes_count - 1
            WHERE id IN (SELECT l.post_id FROM "like" l WHERE l.user_id = @id)
            """,
        """
            UPDATE "user" SET followers_count = followers_count - 1
            WHERE id IN (SELECT s."to" FROM social s WHERE s."from" = @id)
            """,
        """
            UPDATE "user" SET following_count = following_count - 1
            WHERE id IN (SELECT s."from" FROM social s WHERE s."to" = @id)
            """,
        "DELETE FROM idempotency WHERE user_id = @id",
        "DELETE FROM \"user\" WHERE id = @id",
    ];

    private readonly RevokingWriter writer;
    private readonly ConfirmPassword confirm;

    internal DeleteUser(RevokingWriter writer, ConfirmPassword confirm) =>
        (this.writer, this.confirm) = (writer, confirm);

    /// <summary>
    /// Deletes the viewer's own account. Refused when the password is wrong; and without one, unless it was given for the
    /// viewer's token.
    /// </summary>
    /// <param name="viewer">Whose account.</param>
    /// <param name="password">Their password, or null. Whoever calls this counts wrong ones, as at a sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunForOneselfAsync(
        Viewer viewer,
        string? password,
        CancellationToken cancellationToken
    )
    {
        if (password is null && !viewer.Fresh)
        {
            return Error.NotFresh;
        }
        if (
            password is not null
            && (await confirm.RunAsync(viewer, "password", password, cancellationToken)).IsRefused(
                out var error
            )
        )
        {
            return error;
        }
        return await RunAsync(viewer, ("u.id = @whom", viewer.Id), Error.NotSignedIn, cancellationToken);
    }

    /// <summary>
    /// Deletes the account of that name. Refused to all but superusers whose password was given just now, and when there
    /// is no such user.
    /// </summary>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    ) =>
        viewer.ModerationRefusal is { } refusal
            ? refusal
            : await RunAsync(
                viewer,
                (UserSql.HasName("@whom"), Names.Key(username)),
                Error.UserNotFound,
                cancellationToken
            );

    private Task<Result<Done>> RunAsync(
        Viewer viewer,
        (string Condition, object Value) whom,
        Error gone,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                LastSuperuser.Lock(write);
                // Locked first: of several at once, one finds it.
                write.Before(
                    write
                        .Dialect.LockAccount(whom.Condition, whom.Value)
                        .Select(x => x with { Patience = Patience })
                );
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT u.id, COALESCE(a.superuser, false) AND {UserSql.IsActive}
                        FROM "user" u LEFT JOIN account a ON a.user_id = u.id WHERE {whom.Condition}
                        """,
                        ("whom", whom.Value)
                    ),
                    row => ((long Id, bool IsSuperuser)?)(row.GetInt64(0), row.GetBoolean(1))
                );
                if (found is not (var id, var isSuperuser))
                {
                    return gone;
                }
                if (isSuperuser && await LastSuperuser.RefusalOfAsync(write, id) is { } last)
                {
                    return last;
                }
                write.Then(Deletion.Select(x => new Statement(x, ("id", id)) { Patience = Patience }));
                write.Record(new AccountDeleted(viewer.Id, id));
                return new Done();
            },
            cancellationToken
        );
}
