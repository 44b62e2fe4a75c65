using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Follows;

/// <summary>Who follows whom since when.</summary>
/// <param name="From">The follower's id.</param>
/// <param name="To">The id of the followed.</param>
/// <param name="Date">Since when, UTC.</param>
public sealed record FollowView(long From, long To, DateTime Date);

/// <summary>Follows a user, and ends that.</summary>
public sealed class FollowUser
{
    private readonly Writer writer;

    internal FollowUser(Writer writer) => this.writer = writer;

    /// <summary>
    /// Follows; answers with the follow that stands, and whether this call made it. Refused when there is no such
    /// user, and when it is the viewer.
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
            key,
            async write =>
            {
                var (column, value) = UserSql.Named(whom);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT u.id, s.date FROM "user" u LEFT JOIN social s ON s."from" = @viewer AND s."to" = u.id
                        WHERE {column} = @whom
                        """,
                        ("viewer", viewer.Id),
                        ("whom", value)
                    ),
                    row => new Found(row.GetInt64(0), row.GetUtcOrNull(1))
                );
                if (found is null)
                {
                    return Error.UserNotFound;
                }
                if (found.Id == viewer.Id)
                {
                    return Error.Invalid("id", "oneself", "Nobody can follow themselves.");
                }
                if (found.Since is { } since)
                {
                    return new Made<FollowView>(new FollowView(viewer.Id, found.Id, since), IsNew: false);
                }
                write.Then(
                    new Statement(
                        "INSERT INTO social (id, \"from\", \"to\", date) VALUES (@id, @from, @to, @date)",
                        ("id", write.NewId()),
                        ("from", viewer.Id),
                        ("to", found.Id),
                        ("date", write.Now)
                    )
                );
                write.Then(Count(viewer.Id, found.Id, 1));
                write.Record(new Followed(viewer.Id, found.Id));
                return new Made<FollowView>(new FollowView(viewer.Id, found.Id, write.Now), IsNew: true);
            },
            cancellationToken
        );

    /// <summary>Ends following; no error when there was nothing to end. Refused when there is no such user.</summary>
    /// <param name="viewer">Who follows.</param>
    /// <param name="whom">An id or a user name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> UndoAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var (column, value) = UserSql.Named(whom);
                (string, object?)[] parameters = [("viewer", viewer.Id), ("whom", value)];
                // At once, for it decides which of two at the same moment ended it.
                var ended = await write.FirstAsync(
                    new Statement(
                        $"""
                        DELETE FROM social WHERE "from" = @viewer
                            AND "to" = (SELECT u.id FROM "user" u WHERE {column} = @whom)
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
                return await write.FirstAsync(
                    new Statement($"SELECT 1 FROM \"user\" u WHERE {column} = @whom", parameters),
                    _ => true
                )
                    ? new Done()
                    : Error.UserNotFound;
            },
            cancellationToken
        );

    /// <summary>Always the smaller id first: two who follow each other at once do not wait for each other in a circle.</summary>
    private static IEnumerable<Statement> Count(long from, long to, int change) =>
        new[] { (Id: from, Column: "following_count"), (Id: to, Column: "followers_count") }
            .OrderBy(x => x.Id)
            .Select(x => new Statement(
                $"UPDATE \"user\" SET {x.Column} = {x.Column} + @change WHERE id = @id",
                ("change", change),
                ("id", x.Id)
            ));

    private sealed record Found(long Id, DateTime? Since);
}
