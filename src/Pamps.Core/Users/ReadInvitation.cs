using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>Reads an invitation by its code: who has that may know who invites.</summary>
public sealed class ReadInvitation
{
    private readonly Sql sql;
    private readonly InvitationCodes codes;
    private readonly TimeProvider time;

    internal ReadInvitation(Sql sql, InvitationCodes codes, TimeProvider time) =>
        (this.sql, this.codes, this.time) = (sql, codes, time);

    /// <summary>The invitation. Refused, alike, when there is none, it has ended, or was used as often as it may be.</summary>
    public async Task<Result<GivenInvitationView>> RunAsync(string code, CancellationToken cancellationToken)
    {
        var found = codes.IdOf(code) is { } id
            ? await sql.FirstAsync(
                $"SELECT i.expires_at, {UserRows.Columns} FROM {InvitationSql.From} WHERE i.id = @id AND {InvitationSql.IsGood}",
                row => new GivenInvitationView(row.IsDBNull(1) ? null : UserRows.Read(row), row.GetUtc(0)),
                cancellationToken,
                ("id", id),
                ("now", time.Now())
            )
            : null;
        return found is null ? InvitationSql.NotFound : found;
    }
}
