using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Follows;

/// <summary>Who asks to follow the viewer, whose account is locked: they are let in, or not.</summary>
public sealed class FollowRequests
{
    private static readonly Error RequestNotFound = new(
        ErrorKind.NotFound,
        "follow_request_not_found",
        "Nobody of that name asks to follow you"
    );

    private readonly Writer writer;
    private readonly ReplicaSql sql;

    internal FollowRequests(Writer writer, ReplicaSql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>A page of the users who ask, the oldest request first. The page's ids are the requests'.</summary>
    public Task<Page<UserView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        UserRows
            .List(viewer, "follow_request r JOIN \"user\" u ON u.id = r.\"from\"", "r.id", of: "r.\"to\"")
            .ReadAsync(sql, page, ListOrder.Oldest, ct, ("viewer", viewer.Id), ("of", viewer.Id));

    /// <summary>Lets somebody follow. Refused when they do not ask, or not any more.</summary>
    public Task<Result<Done>> AcceptAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        AnswerAsync(
            viewer,
            whom,
            (write, from) =>
            {
                write.Then(FollowUser.Begin(write, from, viewer.Id));
                write.Record(new Followed(from, viewer.Id));
            },
            cancellationToken
        );

    /// <summary>Does not let somebody follow, who is not told. Refused when they do not ask, or not any more.</summary>
    public Task<Result<Done>> RejectAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        AnswerAsync(viewer, whom, (_, _) => { }, cancellationToken);

    private Task<Result<Done>> AnswerAsync(
        Viewer viewer,
        string whom,
        Action<Write, long> then,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var (isWhom, value) = UserSql.Named(whom);
                UserSql.LockBoth(write, whom);
                // At once, for it decides which of two at the same moment answered it.
                var asked = await write.FirstAsync(
                    new Statement(
                        $"""
                        DELETE FROM follow_request WHERE "to" = @viewer
                            AND "from" = (SELECT u.id FROM "user" u WHERE {isWhom})
                        RETURNING "from"
                        """,
                        ("viewer", viewer.Id),
                        ("whom", value)
                    ),
                    row => (long?)row.GetInt64(0)
                );
                if (asked is not { } from)
                {
                    return RequestNotFound;
                }
                write.Record(new FollowRequestEnded(from, viewer.Id));
                then(write, from);
                return new Done();
            },
            cancellationToken
        );
}
