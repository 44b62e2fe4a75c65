using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Mutes;

/// <summary>Who has muted whom since when.</summary>
/// <param name="From">Who has muted.</param>
/// <param name="To">Who is muted.</param>
/// <param name="Date">Since when, UTC.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC; null when it does not.</param>
/// <param name="Notifications">Whether notifications are hidden, too.</param>
public sealed record MuteView(long From, long To, DateTime Date, DateTime? ExpiresAt, bool Notifications);

/// <summary>A muted user, for whom has muted them.</summary>
/// <param name="User">The user.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC; null when it does not.</param>
/// <param name="Notifications">Whether notifications are hidden, too.</param>
public sealed record MutedUserView(UserView User, DateTime? ExpiresAt, bool Notifications);

/// <summary>Mutes a user, who is not told, and ends that.</summary>
public sealed class MuteUser
{
    /// <summary>The longest time, in seconds: ten years.</summary>
    public const long MaxDuration = 315_360_000;

    private readonly Writer writer;
    private readonly ReplicaSql sql;

    internal MuteUser(Writer writer, ReplicaSql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>
    /// Mutes, or changes for how long: their posts leave the viewer's lists, and their deeds the viewer's notifications unless
    /// these are wanted. Answers with the mute that stands, and whether this call made it. Refused when there is no such user for
    /// the viewer, when it is the viewer, and when the time is none.
    /// </summary>
    /// <param name="viewer">Who mutes.</param>
    /// <param name="whom">An id or a user name; not oneself.</param>
    /// <param name="duration">For how many seconds, 1 to <see cref="MaxDuration"/>; null for until it is ended.</param>
    /// <param name="notifications">Whether notifications are hidden, too.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Made<MuteView>>> RunAsync(
        Viewer viewer,
        string whom,
        long? duration,
        bool notifications,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        if (duration is < 1 or > MaxDuration)
        {
            return Error.Invalid(
                "duration",
                "out_of_range",
                $"A mute lasts 1 to {MaxDuration} seconds, or until it is ended.",
                1,
                MaxDuration
            );
        }
        return await writer.RunAsync<Made<MuteView>>(
            viewer,
            Deed.Mute,
            key,
            async write =>
            {
                var (isWhom, value) = UserSql.Named(whom);
                // Of two mutes at once the later counts the earlier one.
                write.LockUser(viewer.Id);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT u.id, m.date, {write.Has} FROM "user" u
                        LEFT JOIN mute m ON m."from" = @viewer AND m."to" = u.id AND {MuteSql.Stands}
                        WHERE {isWhom} AND {FindUser.IsThere(viewer)}
                        """,
                        ("viewer", viewer.Id),
                        ("whom", value)
                    ),
                    row => new Found(row.GetInt64(0), row.GetUtcOrNull(1), row.GetInt64(2))
                );
                if (found is null)
                {
                    return Error.UserNotFound;
                }
                if (found.Id == viewer.Id)
                {
                    return Error.Invalid("name", "oneself", "Nobody can mute themselves.");
                }
                if (found.Since is null && write.Full(found.Has) is { } full)
                {
                    return full;
                }
                if (found.Since is null)
                {
                    // One that has ended may not be swept yet; the new one has an id and a date of its own.
                    write.Then(
                        new Statement(
                            $"""
                            DELETE FROM mute AS m WHERE m."from" = @from AND m."to" = @to AND NOT {MuteSql.Stands}
                            """,
                            ("from", viewer.Id),
                            ("to", found.Id)
                        )
                    );
                }
                DateTime? until = duration is { } seconds ? write.Now.AddSeconds(seconds) : null;
                write.Then(
                    new Statement(
                        """
                        INSERT INTO mute (id, "from", "to", date, until, notifications)
                        VALUES (@id, @from, @to, @date, @until, @notifications)
                        ON CONFLICT ("from", "to") DO UPDATE
                        SET until = excluded.until, notifications = excluded.notifications
                        """,
                        ("id", write.NewId()),
                        ("from", viewer.Id),
                        ("to", found.Id),
                        ("date", write.Now),
                        ("until", until),
                        ("notifications", notifications)
                    )
                );
                if (found.Since is null)
                {
                    write.Record(new Muted(viewer.Id, found.Id));
                }
                return new Made<MuteView>(
                    new MuteView(viewer.Id, found.Id, found.Since ?? write.Now, until, notifications),
                    found.Since is null
                );
            },
            cancellationToken
        );
    }

    /// <summary>Ends the mute; no error when there was none. Refused when there is no such user for the viewer.</summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                if (await UserSql.EndAsync(write, "mute", whom) is not { } other)
                {
                    return Error.UserNotFound;
                }
                if (other.HasEnded)
                {
                    write.Record(new Unmuted(viewer.Id, other.Id));
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>A page of the users whom the viewer has muted, the newest mute first. The page's ids are the mutes'.</summary>
    public Task<Page<MutedUserView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        new SqlList<MutedUserView>(
            UserRows.Columns + ", m.until, m.notifications",
            "mute m JOIN \"user\" u ON u.id = m.\"to\"",
            $"{MuteSql.Stands} AND {FindUser.IsThere(viewer)}",
            "m.id",
            row => new MutedUserView(UserRows.Read(row), row.GetUtcOrNull(6), row.GetBoolean(7)),
            of: "m.\"from\""
        ).ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id), ("viewer", viewer.Id));

    private sealed record Found(long Id, DateTime? Since, long Has);
}
