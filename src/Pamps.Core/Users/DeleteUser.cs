using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Deletes an account: nobody sees it, nor what was in it, when this has been done; <see cref="EraseAccount"/> then takes posts, likes
/// and follows away, a few at a time. There is no undo. The last superuser stays.
/// </summary>
public sealed class DeleteUser
{
    /// <remarks>Of who they were nothing stays but the name. The account's row goes with its e-mail address and password.</remarks>
    private static readonly string[] Leaving =
    [
        """
            UPDATE "user" SET deleted_at = @now, suspended_at = COALESCE(suspended_at, @now), display_name = NULL,
                avatar = NULL, header = NULL, bio = NULL, fields = NULL
            WHERE id = @id
            """,
        "DELETE FROM account WHERE user_id = @id",
        "DELETE FROM login WHERE user_id = @id",
        "DELETE FROM registration WHERE user_id = @id",
    ];

    private readonly RevokingWriter writer;
    private readonly ConfirmPassword confirm;
    private readonly EraseAccount erase;
    private readonly EraseOptions measures;
    private readonly Sql sql;
    private readonly TimeProvider time;

    internal DeleteUser(
        RevokingWriter writer,
        ConfirmPassword confirm,
        EraseAccount erase,
        EraseOptions measures,
        Sql sql,
        TimeProvider time
    )
    {
        (this.writer, this.confirm, this.erase, this.measures) = (writer, confirm, erase, measures);
        (this.sql, this.time) = (sql, time);
    }

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

    /// <summary>Deletes the accounts that have been suspended long enough; answers how many.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var ids = await sql.ListAsync(
            "SELECT u.id FROM \"user\" u WHERE u.erase_at <= @now AND u.suspended_at IS NOT NULL AND u.deleted_at IS NULL ORDER BY u.erase_at LIMIT @take",
            row => row.GetInt64(0),
            cancellationToken,
            ("now", time.Now()),
            ("take", measures.Batch)
        );
        foreach (var id in ids)
        {
            // Whoever is restored meanwhile is not found.
            await RunAsync(
                Viewer.Operator,
                ("u.id = @whom AND u.erase_at IS NOT NULL AND u.suspended_at IS NOT NULL", id),
                Error.UserNotFound,
                cancellationToken
            );
        }
        return ids.Count;
    }

    private Task<Result<Done>> RunAsync(
        Viewer viewer,
        (string Condition, object Value) whom,
        Error gone,
        CancellationToken cancellationToken
    ) => RunAsync(viewer, whom, gone, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Deletes the account of a condition on <c>u</c> and its parameter <c>whom</c>; the caller has asked who may.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="whom">Whose account.</param>
    /// <param name="gone">The refusal when there is none.</param>
    /// <param name="also">What goes with it, while the account is still there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<Result<Done>> RunAsync(
        Viewer viewer,
        (string Condition, object Value) whom,
        Error gone,
        Func<Write, long, Task> also,
        CancellationToken cancellationToken
    )
    {
        var left = await writer.RunAsync(
            viewer,
            write => LeaveAsync(write, whom, gone, also),
            cancellationToken
        );
        if (left.IsRefused(out var error))
        {
            return error;
        }
        try
        {
            // The command line has no jobs, and whoever sits there waits.
            await erase.RunAsync(
                left.Value,
                viewer == Viewer.Operator ? null : measures.Patience,
                cancellationToken
            );
        }
        catch (DatabaseUnavailableException)
        {
            // The account is gone, and the job does the rest.
        }
        return new Done();
    }

    private async Task<Result<long>> LeaveAsync(
        Write write,
        (string Condition, object Value) whom,
        Error gone,
        Func<Write, long, Task> also
    )
    {
        LastSuperuser.Lock(write);
        // Of several at once, one finds it.
        write.LockUserAndTheirWrites(whom.Condition, whom.Value);
        var found = await write.FirstAsync(
            new Statement(
                $"""
                SELECT u.id, COALESCE(a.superuser, false) AND {UserSql.IsActive}, {UserSql.RoleOf},
                    CASE WHEN {UserSql.Waits} THEN u.username_key END
                FROM "user" u LEFT JOIN account a ON a.user_id = u.id WHERE {whom.Condition} AND {UserSql.IsHere}
                """,
                ("whom", whom.Value)
            ),
            row =>
                ((long Id, bool IsSuperuser, Role Role, string? WaitsAs)?)
                    (row.GetInt64(0), row.GetBoolean(1), UserSql.ReadRole(row, 2), row.GetStringOrNull(4))
        );
        if (found is not (var id, var isSuperuser, var role, var waitsAs))
        {
            return gone;
        }
        if (id != write.Viewer.Id && !write.Viewer.Role.MayAdminister(role))
        {
            return Error.NotBelow;
        }
        if (isSuperuser && await LastSuperuser.RefusalOfAsync(write, id) is { } last)
        {
            return last;
        }
        await also(write, id);
        (string, object?)[] parameters = [("id", id), ("now", write.Now)];
        write.Then(Leaving.Select(x => new Statement(x, parameters)));
        if (waitsAs is not null)
        {
            // Nobody has known them by that name.
            write.Then(UserSql.TakeName(waitsAs));
        }
        write.Record(new AccountDeleted(write.Viewer.Id, id));
        write.Audit(SecurityEvent.By(write.Viewer, SecurityEventKinds.AccountDeleted, id));
        write.Enqueue(EraseAccountJob.Of(id, write.Now + measures.JobDelay));
        return id;
    }
}
