using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Core.Streaming;

/// <summary>
/// Ends the streams of logins that have ended: by their owner, a new password, a closed account. Looks at
/// those at once of which an event says so, and at all every half minute, a few at a time, at next to no cost.
/// </summary>
internal sealed class LoginCheck(Sql sql, Listeners listeners, TimeProvider time)
{
    private const int AtOnce = 1_000;

    public async Task RunAsync(CancellationToken ct)
    {
        var logins = listeners.TakeLoginsToCheck(AtOnce);
        if (logins.Count == 0)
        {
            return;
        }
        var open = await sql.ListAsync(
            $"""
            SELECT l.id FROM login l JOIN "user" u ON u.id = l.user_id
            WHERE {sql.Dialect.IsOneOf("l.id", "ids")} AND l.expires_at > @now AND {UserSql.IsActive}
            """,
            row => row.GetInt64(0),
            ct,
            sql.Dialect.Ids("ids", logins),
            ("now", time.Now())
        );
        listeners.EndLogins(logins.Except(open).ToHashSet());
    }
}
