using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Notifications;

/// <summary>Somebody of whom notifications were put aside.</summary>
/// <param name="User">Whose deeds they are.</param>
/// <param name="Count">How many there are; at most 20 are kept.</param>
/// <param name="Date">When the last one was, UTC.</param>
public sealed record AsideView(UserView User, int Count, DateTime Date);

/// <summary>Shows what was put aside, and takes it in or throws it away, person by person.</summary>
public sealed class PutAside
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly FilterPosts filters;

    internal PutAside(Writer writer, Sql sql, FilterPosts filters) =>
        (this.writer, this.sql, this.filters) = (writer, sql, filters);

    /// <summary>The people of whom something was put aside for the viewer, the latest first. The page's ids are the notifications'.</summary>
    public Task<Page<AsideView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        // All of one's are few, and so grouped at once.
        new SqlList<AsideView>(
            UserRows.Columns + ", g.held, g.date",
            $"{ReadNotifications.AsideByActor} g JOIN \"user\" u ON u.id = g.actor_id",
            "true",
            "g.id",
            row => new AsideView(UserRows.Read(row), (int)row.GetInt64(6), row.GetUtc(7))
        ).ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id));

    /// <summary>What was put aside of a person for the viewer, newest first. Refused when there is no such user for the viewer.</summary>
    public async Task<Result<Page<NotificationView>>> OfAsync(
        Viewer viewer,
        string whom,
        PageRequest page,
        CancellationToken ct
    )
    {
        var actor = await sql.FirstAsync(Actor(viewer, whom), row => (long?)row.GetInt64(0), ct);
        if (actor is null)
        {
            return Error.UserNotFound;
        }
        return await filters.PageAsync(
            viewer,
            FilterPlaces.Notifications,
            await ReadNotifications.Aside.ReadAsync(
                sql,
                page,
                ListOrder.Newest,
                ct,
                ("of", viewer.Id),
                ("actor", actor)
            ),
            x => x.Post,
            (x, post) => x with { Post = post },
            ct
        );
    }

    /// <summary>
    /// Takes in what was put aside of a person, and all that comes of them from now on, whatever the viewer's policy says. Refused when there is no such user for the viewer.
    /// </summary>
    public Task<Result<Done>> AcceptAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        EndAsync(
            viewer,
            whom,
            (write, actorId) =>
                write.Then(
                    // Of whom nothing was put aside there is nothing to accept: so nobody fills the table.
                    new Statement(
                        """
                        INSERT INTO notification_accepted (user_id, actor_id)
                        SELECT CAST(@user_id AS bigint), CAST(@actor_id AS bigint)
                        WHERE EXISTS (SELECT 1 FROM notification_aside h WHERE h.user_id = @user_id AND h.actor_id = @actor_id)
                        ON CONFLICT DO NOTHING
                        """,
                        Between(viewer.Id, actorId)
                    ),
                    // They stand where they would have: what is older than what was read counts as read.
                    new Statement(
                        $"""
                        INSERT INTO notification ({PolicySql.Columns})
                        SELECT {PolicySql.Columns} FROM notification_aside WHERE user_id = @user_id AND actor_id = @actor_id
                        ON CONFLICT DO NOTHING
                        """,
                        Between(viewer.Id, actorId)
                    )
                ),
            cancellationToken
        );

    /// <summary>
    /// Throws away what was put aside of a person; what comes of them later is put aside again, though they were accepted before. Refused when there is no such user for the viewer.
    /// </summary>
    public Task<Result<Done>> DismissAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        EndAsync(
            viewer,
            whom,
            (write, actorId) => write.Then(EndAcceptance(viewer.Id, actorId)),
            cancellationToken
        );

    /// <summary>The people of whom the viewer has accepted what was put aside, the newest account first. The page's ids are the accounts'.</summary>
    public Task<Page<UserView>> ListAcceptedAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        new SqlList<UserView>(
            UserRows.Columns,
            "notification_accepted a JOIN \"user\" u ON u.id = a.actor_id",
            FindUser.IsThere(viewer),
            "a.actor_id",
            UserRows.Read,
            of: "a.user_id"
        ).ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id), ("viewer", viewer.Id));

    /// <summary>
    /// Takes back that a person was accepted: what comes of them from now on is as the viewer's policy says. What was told stays. No error
    /// when they were not; refused when there is no such user for the viewer.
    /// </summary>
    public Task<Result<Done>> UndoAcceptAsync(
        Viewer viewer,
        string whom,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            viewer,
            whom,
            (write, actorId) => write.Then(EndAcceptance(viewer.Id, actorId)),
            cancellationToken
        );

    /// <summary>The statement by which what comes of somebody is as the user's policy says again.</summary>
    internal static Statement EndAcceptance(long userId, long actorId) =>
        new(
            "DELETE FROM notification_accepted WHERE user_id = @user_id AND actor_id = @actor_id",
            Between(userId, actorId)
        );

    /// <summary>The id of whose deeds are meant, who is there for the viewer.</summary>
    private static Statement Actor(Viewer viewer, string whom, string locking = "")
    {
        var (isWhom, value) = UserSql.Named(whom);
        return new(
            $"SELECT u.id FROM \"user\" u WHERE {isWhom} AND {FindUser.IsThere(viewer)}{locking}",
            ("whom", value),
            ("viewer", viewer.Id)
        );
    }

    private static (string, object?)[] Between(long userId, long actorId) =>
        [("user_id", userId), ("actor_id", actorId)];

    private Task<Result<Done>> EndAsync(
        Viewer viewer,
        string whom,
        Action<Write, long> before,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            viewer,
            whom,
            (write, actorId) =>
            {
                before(write, actorId);
                write.Then(
                    new Statement(
                        "DELETE FROM notification_aside WHERE user_id = @user_id AND actor_id = @actor_id",
                        Between(viewer.Id, actorId)
                    )
                );
            },
            cancellationToken
        );

    private Task<Result<Done>> ChangeAsync(
        Viewer viewer,
        string whom,
        Action<Write, long> change,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var actor = await write.FirstAsync(Actor(viewer, whom, write.Dialect.ForKeyShare("u")), row =>
                    (long?)row.GetInt64(0)
                );
                if (actor is null)
                {
                    return Error.UserNotFound;
                }
                change(write, actor.Value);
                return new Done();
            },
            cancellationToken
        );
}
