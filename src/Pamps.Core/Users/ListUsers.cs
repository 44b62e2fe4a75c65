using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>Lists all users, oldest first.</summary>
public sealed class ListUsers
{
    private static readonly SqlList<AccountView> Accounts = new(
        $"{UserRows.Columns}, a.email, a.superuser, {UserSql.IsActive}, a.role",
        UserSql.WithAccount,
        "true",
        "u.id",
        row => new AccountView(
            UserRows.Read(row),
            row.GetString(6),
            row.GetBoolean(7),
            row.GetBoolean(8),
            Roles.Of(row.GetBoolean(7), row.GetInt16(9))
        )
    );

    private readonly Sql sql;

    internal ListUsers(ReplicaSql sql) => this.sql = sql;

    /// <summary>A page of users that are there for the viewer.</summary>
    public Task<Page<UserView>> RunAsync(Viewer? viewer, PageRequest page, CancellationToken ct) =>
        new SqlList<UserView>(
            UserRows.Columns,
            "\"user\" u",
            UserRows.Found(viewer),
            "u.id",
            UserRows.Read
        ).ReadAsync(sql, page, ListOrder.Oldest, ct, UserRows.Parameters(viewer));

    /// <summary>A page of accounts with their e-mail addresses. Refused to all but superusers.</summary>
    public async Task<Result<Page<AccountView>>> RunWithEmailAsync(
        Viewer viewer,
        PageRequest page,
        CancellationToken ct
    ) => viewer.Superuser ? await Accounts.ReadAsync(sql, page, ListOrder.Oldest, ct) : Error.SuperuserOnly;
}
