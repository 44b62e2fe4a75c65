using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Users;

/// <summary>Tells the viewer how it stands with their second factor.</summary>
public sealed class ReadSecondFactor
{
    private readonly Sql sql;

    internal ReadSecondFactor(Sql sql) => this.sql = sql;

    /// <summary>Since when sign-ins of the viewer ask for a code, and how many recovery codes are left.</summary>
    public async Task<SecondFactorView> RunAsync(Viewer viewer, CancellationToken cancellationToken) =>
        await sql.FirstAsync(
            $"""
            SELECT s.confirmed_at, (SELECT count(*) FROM recovery_code r WHERE r.user_id = s.user_id)
            FROM {SecondFactorSql.InForce} AND s.user_id = @id
            """,
            row => new SecondFactorView(row.GetUtc(0), row.GetInt32(1)),
            cancellationToken,
            ("id", viewer.Id)
        ) ?? new SecondFactorView(Since: null, RecoveryCodesLeft: 0);
}
