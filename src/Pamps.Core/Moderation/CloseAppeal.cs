using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>An appeal as moderators see it.</summary>
/// <param name="Person">Who appeals.</param>
/// <param name="Action">Against what, with what they say.</param>
public sealed record AppealView(UserView Person, ModerationView Action);

/// <summary>Lets moderators read appeals, and accept or refuse them.</summary>
public sealed class CloseAppeal
{
    private static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "appeal_not_found",
        "There is no such appeal; another moderator may have been faster"
    );

    /// <summary>The open appeals of others.</summary>
    private static readonly SqlList<AppealView> Open = new(
        $"{ModerationSql.ActionColumns}, {UserRows.Columns}",
        $"{ModerationSql.Actions} JOIN \"user\" u ON u.id = m.user_id AND {UserSql.IsHere}",
        "m.appealed_at IS NOT NULL AND m.appeal_closed_at IS NULL AND m.user_id <> @viewer",
        "m.id",
        row => new AppealView(
            UserRows.ReadAt(row, 1 + ModerationSql.ActionCount),
            ModerationSql.ReadAction(row)
        )
    );

    /// <summary>
    /// The condition that the deed <c>m</c> is the one in force for the user <c>u</c>: what was done since for another reason stays, and
    /// an account that an admin has closed stays closed.
    /// </summary>
    private static readonly string Lasts = $"""
        (m.kind <> {(int)ModerationKind.Suspend} OR u.erase_at IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM moderation n WHERE n.user_id = m.user_id AND n.id > m.id AND (
                m.kind = {(int)ModerationKind.Silence} AND n.kind IN ({(int)ModerationKind.Silence}, {(int)
            ModerationKind.Unsilence})
                OR m.kind = {(int)ModerationKind.Suspend} AND n.kind IN ({(int)ModerationKind.Suspend}, {(int)
            ModerationKind.Restore})
            )
        )
        """;

    private readonly RevokingWriter writer;
    private readonly ShowPosts show;
    private readonly Sql sql;

    internal CloseAppeal(RevokingWriter writer, ShowPosts show, Sql sql) =>
        (this.writer, this.show, this.sql) = (writer, show, sql);

    /// <summary>A page of the open appeals of others, the oldest deed first. Refused to all but moderators.</summary>
    public async Task<Result<Page<AppealView>>> ListAsync(
        Viewer viewer,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        viewer.Role.May(Powers.Moderate)
            ? await Open.ReadAsync(sql, page, ListOrder.Oldest, cancellationToken, ("viewer", viewer.Id))
            : Error.ModeratorsOnly;

    /// <summary>
    /// Accepts an appeal, which ends that very silence, suspension or cover if it still lasts, or refuses it; the person is told. Refused to all but
    /// moderators, to them for themselves and for whoever is not below them, and when there is no such open appeal.
    /// </summary>
    /// <param name="viewer">Who decides.</param>
    /// <param name="id">The deed against which somebody appeals.</param>
    /// <param name="accepted">Whether they are right.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        long id,
        bool accepted,
        CancellationToken cancellationToken
    )
    {
        if (!viewer.Role.May(Powers.Moderate))
        {
            return Error.ModeratorsOnly;
        }
        var closed = await writer.RunAsync(
            viewer,
            write => CloseAsync(write, id, accepted),
            cancellationToken
        );
        if (closed.IsRefused(out var error))
        {
            return error;
        }
        if (closed.Value is { } restored)
        {
            await show.BeginAsync(restored, cancellationToken);
        }
        return new Done();
    }

    /// <summary>The id of who is restored by it; null for nobody.</summary>
    private static async Task<Result<long?>> CloseAsync(Write write, long id, bool accepted)
    {
        write.LockUserAndTheirWrites("u.id = (SELECT m.user_id FROM moderation m WHERE m.id = @whom)", id);
        var found = await write.FirstAsync(
            new Statement(
                $"""
                SELECT m.kind, u.username, u.id, {UserSql.RoleOf}, {Lasts}
                FROM moderation m JOIN "user" u ON u.id = m.user_id AND {UserSql.IsHere} LEFT JOIN account a ON a.user_id = u.id
                WHERE m.id = @id AND m.appealed_at IS NOT NULL AND m.appeal_closed_at IS NULL
                """,
                ("id", id)
            ),
            row => new Found(
                (ModerationKind)row.GetInt16(0),
                row.GetString(1),
                row.GetInt64(2),
                UserSql.ReadRole(row, 3),
                row.GetBoolean(5)
            )
        );
        if (found is null)
        {
            return NotFound;
        }
        if (found.UserId == write.Viewer.Id || !write.Viewer.Role.IsAbove(found.Role))
        {
            return Error.NotBelow;
        }
        ModerationKind? undo = found.Kind switch
        {
            ModerationKind.Silence => ModerationKind.Unsilence,
            ModerationKind.Suspend => ModerationKind.Restore,
            _ => null,
        };
        var isUndone = false;
        if (accepted && found.Lasts && undo is { } kind)
        {
            var done = await ModeratePerson.ActAsync(write, found.Username, new(kind), message: "", []);
            isUndone = !done.IsRefused(out var error);
            // Who is already as they were is right all the same.
            if (!isUndone && error != ModeratePerson.AsItIs)
            {
                return error!;
            }
        }
        if (accepted && found.Kind == ModerationKind.MarkSensitive)
        {
            write.Then(
                ModeratePerson.TellOf(write, "p.covered_by = @deed", ("deed", id)),
                new Statement("UPDATE post SET covered_by = NULL WHERE covered_by = @deed", ("deed", id))
            );
        }
        write.Then(
            new Statement(
                "UPDATE moderation SET appeal_closed_at = @now, appeal_accepted = @accepted, seen_at = NULL WHERE id = @id",
                ("now", write.Now),
                ("accepted", accepted),
                ("id", id)
            )
        );
        write.Audit(
            SecurityEvent.By(
                write.Viewer,
                SecurityEventKinds.AppealClosed,
                found.UserId,
                $"{id} {(accepted ? "accepted" : "refused")}"
            )
        );
        return isUndone && undo == ModerationKind.Restore ? found.UserId : (long?)null;
    }

    private sealed record Found(ModerationKind Kind, string Username, long UserId, Role Role, bool Lasts);
}
