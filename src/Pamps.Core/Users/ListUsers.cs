using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>Lists all users, oldest first.</summary>
public sealed class ListUsers
{
    private static readonly SqlList<AccountView> Accounts = new(
        $"{UserRows.Columns}, a.email, a.superuser, {UserSql.IsActive}",
        UserSql.WithAccount,
        "true",
        "u.id",
        row => new AccountView(UserRows.Read(row), row.GetString(6), row.GetBoolean(7), row.GetBoolean(8))
    );

    private readonly Sql sql;

    internal ListUsers(ReplicaSql sql) => this.sql = sql;

    /// <summary>A page of users that are there for the viewer.</summary>
    public Task<Page<UserView>> RunAsync(Viewer? viewer, PageRequest page, CancellationToken ct) =>
        UserRows
            .List(viewer, "\"user\" u", "u.id")
            .ReadAsync(sql, page, ListOrder.Oldest, ct, UserRows.Parameters(viewer));

    /// <summary>A page of accounts with their e-mail addresses. Refused to all but superusers.</summary>
    public async Task<Result<Page<AccountView>>> RunWithEmailAsync(
        Viewer viewer,
        PageRequest page,
        CancellationToken ct
    ) => viewer.Superuser ? await Accounts.ReadAsync(sql, page, ListOrder.Oldest, ct) : Error.SuperuserOnly;
}
