using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Sees to it that there is always somebody who may do what superusers may: the operator at the command line alone may take
/// away the last.
/// </summary>
internal static class LastSuperuser
{
    private static readonly Error Refusal = new(
        ErrorKind.Conflict,
        "last_superuser",
        "This is the last superuser; make another one first"
    );

    /// <summary>To be called before anything is looked up: of two superusers who leave at once, one comes second.</summary>
    public static void Lock(Write write) => write.Before(write.Dialect.LockSuperusers());

    /// <summary>Why somebody who is a superuser must stay one; null when they need not. After <see cref="Lock"/>.</summary>
    public static async Task<Error?> RefusalOfAsync(Write write, long id) =>
        write.Viewer.Id == Viewer.Operator.Id
        || await write.FirstAsync(
            new Statement(
                $"""
                SELECT 1 FROM account a JOIN "user" u ON u.id = a.user_id
                WHERE a.superuser AND {UserSql.IsActive} AND a.user_id <> @id LIMIT 1
                """,
                ("id", id)
            ),
            _ => true
        )
            ? null
            : Refusal;
}
