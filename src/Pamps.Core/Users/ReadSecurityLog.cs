using System.Data.Common;
using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>What is wanted of the security log; null is all.</summary>
/// <param name="Account">Whom it concerns: a user name, or the id of an account, which may be gone.</param>
/// <param name="Kind">One of <see cref="SecurityEventKinds"/>.</param>
/// <param name="Since">What happened then or later, UTC.</param>
/// <param name="By">Who did it: a user name, the id of an account, which may be gone, or <c>operator</c>.</param>
public sealed record SecurityLogFilter(
    string? Account = null,
    string? Kind = null,
    DateTime? Since = null,
    string? By = null
);

/// <summary>A row of the security log: what happened once or more within an hour.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Kind">One of <see cref="SecurityEventKinds"/>.</param>
/// <param name="CreatedAt">When it happened first, UTC.</param>
/// <param name="LastAt">When it happened last, UTC.</param>
/// <param name="Count">How often.</param>
/// <param name="UserId">Whom it concerns; null when nobody in particular.</param>
/// <param name="Username">The name that they have now; null when the account is gone.</param>
/// <param name="ActorId">Whose deed it is; 0 for the operator, null when nobody is known.</param>
/// <param name="ActorName">The name that they have now; null when the account is gone, and for the operator.</param>
/// <param name="Network">A keyed hash of the network it came from; null when it came from none.</param>
/// <param name="Detail">What else there is to say; or null.</param>
public sealed record SecurityEventView(
    long Id,
    string Kind,
    DateTime CreatedAt,
    DateTime LastAt,
    int Count,
    long? UserId,
    string? Username,
    long? ActorId,
    string? ActorName,
    string? Network,
    string? Detail
);

/// <summary>Reads the security log, newest first.</summary>
public sealed class ReadSecurityLog
{
    private readonly Sql sql;

    internal ReadSecurityLog(Sql sql) => this.sql = sql;

    /// <summary>A page of it. Refused to all but superusers, and when there is no user of a name that is asked for.</summary>
    public async Task<Result<Page<SecurityEventView>>> RunAsync(
        Viewer viewer,
        SecurityLogFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (!viewer.Superuser)
        {
            return Error.SuperuserOnly;
        }
        var user = filter.Account is { } account ? await FindIdAsync(account, cancellationToken) : null;
        // The operator does much, and nothing concerns him.
        if (filter.Account is not null && user is null or 0)
        {
            return Error.UserNotFound;
        }
        var actor =
            filter.By is not { } by ? null
            : string.Equals(by, Viewer.Operator.Username, StringComparison.OrdinalIgnoreCase)
                ? Viewer.Operator.Id
            : await FindIdAsync(by, cancellationToken);
        if (filter.By is not null && actor is null)
        {
            return Error.UserNotFound;
        }
        var where = new List<string> { "true" };
        var parameters = new List<(string, object?)>();
        if ((user ?? actor) is { } of)
        {
            parameters.Add(("of", of));
        }
        if (user is not null && actor is not null)
        {
            where.Add("e.actor_id = @by");
            parameters.Add(("by", actor));
        }
        if (filter.Kind is not null)
        {
            where.Add("e.kind = @kind");
            parameters.Add(("kind", filter.Kind));
        }
        if (filter.Since is not null)
        {
            // Nothing happened before there were ids.
            var since = filter.Since < Ids.Epoch ? Ids.Epoch : filter.Since.Value;
            // An id says when its row was made; until the hour is over it still counts.
            where.Add("e.id >= @first AND e.last_at >= @since");
            parameters.AddRange(("since", since), ("first", Ids.At(since - SecurityLog.Hour, 0)));
        }
        var list = new SqlList<SecurityEventView>(
            "e.kind, e.created_at, e.last_at, e.count, e.user_id, u.username, e.actor_id, a.username, e.network, e.detail",
            $"""
            security_event e LEFT JOIN "user" u ON u.id = e.user_id AND {UserSql.IsHere}
            LEFT JOIN "user" a ON a.id = e.actor_id AND a.deleted_at IS NULL
            """,
            string.Join(" AND ", where),
            "e.id",
            Read,
            of: user is not null ? "e.user_id"
                : actor is not null ? "e.actor_id"
                : null
        );
        return await list.ReadAsync(sql, page, ListOrder.Newest, cancellationToken, [.. parameters]);
    }

    /// <summary>The id of the user of that name, also of one who has left while the name is kept; or the id itself.</summary>
    private async Task<long?> FindIdAsync(string account, CancellationToken ct) =>
        long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : await sql.FirstAsync(
                $"SELECT u.id FROM \"user\" u WHERE {UserSql.HasName("@key")}",
                row => (long?)row.GetInt64(0),
                ct,
                ("key", Names.Key(account))
            );

    private static SecurityEventView Read(DbDataReader row) =>
        new(
            Id: row.GetInt64(0),
            Kind: row.GetString(1),
            CreatedAt: row.GetUtc(2),
            LastAt: row.GetUtc(3),
            Count: row.GetInt32(4),
            UserId: row.GetInt64OrNull(5),
            Username: row.GetStringOrNull(6),
            ActorId: row.GetInt64OrNull(7),
            ActorName: row.GetStringOrNull(8),
            Network: row.GetStringOrNull(9),
            Detail: row.GetStringOrNull(10)
        );
}
