using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Follows;

/// <summary>Who follows whom since when.</summary>
/// <param name="From">The follower's id.</param>
/// <param name="To">The id of the followed.</param>
/// <param name="Date">Since when, UTC.</param>
/// <param name="Pending">Whether it is a request, which the followed has not answered.</param>
public sealed record FollowView(long From, long To, DateTime Date, bool Pending = false);

/// <summary>Follows a user, and ends that.</summary>
public sealed class FollowUser
{
    private static readonly Error BlockedByViewer = new(
        ErrorKind.Forbidden,
        "blocked",
        "You block this user; end that first"
    );

    private readonly Writer writer;

    internal FollowUser(Writer writer) => this.writer = writer;

    /// <summary>
    /// Follows, or asks to when the account is locked; answers with what stands, and whether this call made it. Refused when there
    /// is no such user for the viewer, when it is the viewer, when the viewer blocks them, and when the viewer follows all they may.
    /// </summary>
    /// <param name="viewer">Who follows.</param>
    /// <param name="whom">An id or a user name; not oneself.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Made<FollowView>>> RunAsync(
        Viewer viewer,
        string whom,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Made<FollowView>>(
            viewer,
            Deed.Follow,
            key,
            async write =>
            {
                var (isWhom, value) = UserSql.Named(whom);
                (string, object?)[] parameters = [("viewer", viewer.Id), ("whom", value)];
                // Whoever blocks the other way has both, so that a follow is either found and ended, or sees the block.
                UserSql.LockBoth(write, whom);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT u.id, s.date, r.date, u.locked,
                            EXISTS (SELECT 1 FROM block b WHERE b."from" = @viewer AND b."to" = u.id), {write.Has}
                        FROM "user" u LEFT JOIN social s ON s."from" = @viewer AND s."to" = u.id
                            LEFT JOIN follow_request r ON r."from" = @viewer AND r."to" = u.id
                        WHERE {isWhom} AND {FindUser.IsThere(viewer)}
                        """,
                        parameters
                    ),
                    row => new Found(
                        row.GetInt64(0),
                        row.GetUtcOrNull(1),
                        row.GetUtcOrNull(2),
                        row.GetBoolean(3),
                        row.GetBoolean(4),
                        row.GetInt64(5)
                    )
                );
                if (found is null)
                {
                    return Error.UserNotFound;
                }
                if (found.Id == viewer.Id)
                {
                    return Error.Invalid("id", "oneself", "Nobody can follow themselves.");
                }
                if (found.IsBlocked)
                {
                    return BlockedByViewer;
                }
                if ((found.Since ?? found.AskedAt) is { } since)
                {
                    return Made(since, found.Since is null, isNew: false);
                }
                if (write.Full(found.Has) is { } full)
                {
                    return full;
                }
                if (found.IsLocked)
                {
                    write.Then(
                        new Statement(
                            "INSERT INTO follow_request (id, \"from\", \"to\", date) VALUES (@id, @from, @to, @date)",
                            ("id", write.NewId()),
                            ("from", viewer.Id),
                            ("to", found.Id),
                            ("date", write.Now)
                        )
                    );
                    write.Record(new FollowRequested(viewer.Id, found.Id));
                }
                else
                {
                    write.Then(Begin(write, viewer.Id, found.Id));
                    write.Record(new Followed(viewer.Id, found.Id));
                }
                return Made(write.Now, found.IsLocked, isNew: true);

                Made<FollowView> Made(DateTime date, bool isPending, bool isNew) =>
                    new(new FollowView(viewer.Id, found.Id, date, isPending), isNew);
            },
            cancellationToken
        );

    /// <summary>
    /// Ends following, or takes the request back; no error when there was nothing to end. Refused when there is no such user for
    /// the viewer.
    /// </summary>
    /// <param name="viewer">Who follows.</param>
    /// <param name="whom">An id or a user name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> UndoAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var (isWhom, value) = UserSql.Named(whom);
                (string, object?)[] parameters = [("viewer", viewer.Id), ("whom", value)];
                UserSql.LockBoth(write, whom);
                // At once, for it decides which of two at the same moment ended it.
                var ended = await write.FirstAsync(
                    new Statement(
                        $"""
                        DELETE FROM social WHERE "from" = @viewer
                            AND "to" = (SELECT u.id FROM "user" u WHERE {isWhom})
                        RETURNING "to"
                        """,
                        parameters
                    ),
                    row => (long?)row.GetInt64(0)
                );
                if (ended is { } to)
                {
                    write.Then(Count(viewer.Id, to, -1));
                    write.Record(new Unfollowed(viewer.Id, to));
                    return new Done();
                }
                if (await UserSql.EndAsync(write, "follow_request", whom) is not { } other)
                {
                    return Error.UserNotFound;
                }
                if (other.HasEnded)
                {
                    write.Record(new FollowRequestEnded(viewer.Id, other.Id));
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>The statements that make a follow.</summary>
    internal static IEnumerable<Statement> Begin(Write write, long from, long to) =>
        Count(from, to, 1)
            .Prepend(
                new Statement(
                    "INSERT INTO social (id, \"from\", \"to\", date) VALUES (@id, @from, @to, @date)",
                    ("id", write.NewId()),
                    ("from", from),
                    ("to", to),
                    ("date", write.Now)
                )
            );

    /// <summary>Ends all that two users have of following each other. The caller has locked both.</summary>
    internal static async Task EndBetweenAsync(Write write, long one, long other)
    {
        (string, object?)[] both = [("one", one), ("other", other)];
        const string pair = """("from" = @one AND "to" = @other OR "from" = @other AND "to" = @one)""";
        foreach (var table in new[] { "social", "follow_request" })
        {
            var ended = await write.ListAsync(
                new Statement($"DELETE FROM {table} WHERE {pair} RETURNING \"from\", \"to\"", both),
                row => (From: row.GetInt64(0), To: row.GetInt64(1))
            );
            foreach (var (from, to) in ended)
            {
                if (table == "social")
                {
                    write.Then(Count(from, to, -1));
                    write.Record(new Unfollowed(from, to));
                }
                else
                {
                    write.Record(new FollowRequestEnded(from, to));
                }
            }
        }
    }

    /// <summary>Always the smaller id first: two who follow each other at once do not wait for each other in a circle.</summary>
    private static IEnumerable<Statement> Count(long from, long to, int change) =>
        new[] { (Id: from, Column: "following_count"), (Id: to, Column: "followers_count") }
            .OrderBy(x => x.Id)
            .Select(x => new Statement(
                $"UPDATE \"user\" SET {x.Column} = {x.Column} + @change WHERE id = @id",
                ("change", change),
                ("id", x.Id)
            ));

    private sealed record Found(
        long Id,
        DateTime? Since,
        DateTime? AskedAt,
        bool IsLocked,
        bool IsBlocked,
        long Has
    );
}
