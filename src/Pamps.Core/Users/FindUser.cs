using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Users;

internal static class FindUser
{
    /// <summary>The id of the user of that name, ignoring case; null when there is none.</summary>
    public static Task<long?> FindUserIdAsync(this Sql sql, string username, CancellationToken ct) =>
        sql.FirstAsync(
            "SELECT u.id FROM \"user\" u WHERE u.username_key = @key",
            row => (long?)row.GetInt64(0),
            ct,
            ("key", Names.Key(username))
        );
}
