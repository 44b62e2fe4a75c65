using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Follows;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Blocks;

/// <summary>Who blocks whom since when.</summary>
/// <param name="From">Who blocks.</param>
/// <param name="To">Who is blocked.</param>
/// <param name="Date">Since when, UTC.</param>
public sealed record BlockView(long From, long To, DateTime Date);

/// <summary>Blocks a user, and ends that.</summary>
public sealed class BlockUser
{
    private readonly Writer writer;
    private readonly ReplicaSql sql;

    internal BlockUser(Writer writer, ReplicaSql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>
    /// Blocks: each is hidden from the other, follows and requests to follow end both ways. Answers with the block that stands,
    /// and whether this call made it. Refused when there is no such user for the viewer, and when it is the viewer.
    /// </summary>
    /// <param name="viewer">Who blocks.</param>
    /// <param name="whom">An id or a user name; not oneself.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Made<BlockView>>> RunAsync(
        Viewer viewer,
        string whom,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Made<BlockView>>(
            viewer,
            Deed.Block,
            key,
            async write =>
            {
                var (isWhom, value) = UserSql.Named(whom);
                (string, object?)[] parameters = [("viewer", viewer.Id), ("whom", value)];
                // Whoever follows one of them at this moment has the lock first and is found below, or sees the block.
                UserSql.LockBoth(write, whom);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT u.id, b.date, {write.Has} FROM "user" u LEFT JOIN block b ON b."from" = @viewer AND b."to" = u.id
                        WHERE {isWhom} AND {FindUser.IsThere(viewer)}
                        """,
                        parameters
                    ),
                    row => new Found(row.GetInt64(0), row.GetUtcOrNull(1), row.GetInt64(2))
                );
                if (found is null)
                {
                    return Error.UserNotFound;
                }
                if (found.Id == viewer.Id)
                {
                    return Error.Invalid("name", "oneself", "Nobody can block themselves.");
                }
                if (found.Since is { } since)
                {
                    return new Made<BlockView>(new BlockView(viewer.Id, found.Id, since), IsNew: false);
                }
                if (write.Full(found.Has) is { } full)
                {
                    return full;
                }
                await FollowUser.EndBetweenAsync(write, viewer.Id, found.Id);
                write.Then(
                    new Statement(
                        "INSERT INTO block (id, \"from\", \"to\", date) VALUES (@id, @from, @to, @date)",
                        ("id", write.NewId()),
                        ("from", viewer.Id),
                        ("to", found.Id),
                        ("date", write.Now)
                    )
                );
                write.Record(new Blocked(viewer.Id, found.Id));
                return new Made<BlockView>(new BlockView(viewer.Id, found.Id, write.Now), IsNew: true);
            },
            cancellationToken
        );

    /// <summary>
    /// Ends the block; no error when there was none. Follows do not come back. Refused when there is no such user for the viewer.
    /// </summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                if (await UserSql.EndAsync(write, "block", whom) is not { } other)
                {
                    return Error.UserNotFound;
                }
                if (other.HasEnded)
                {
                    write.Record(new Unblocked(viewer.Id, other.Id));
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>A page of the users whom the viewer blocks, the newest block first. The page's ids are the blocks'.</summary>
    public Task<Page<UserView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        new SqlList<UserView>(
            UserRows.Columns,
            "block b JOIN \"user\" u ON u.id = b.\"to\"",
            "true",
            "b.id",
            UserRows.Read,
            of: "b.\"from\""
        ).ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id));

    private sealed record Found(long Id, DateTime? Since, long Has);
}
