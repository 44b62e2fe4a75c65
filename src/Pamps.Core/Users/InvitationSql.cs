using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>When an invitation is good, said once.</summary>
internal static class InvitationSql
{
    /// <summary>The invitation, with who made it where that is a person.</summary>
    public const string From = "invitation i LEFT JOIN \"user\" u ON u.id = i.user_id";

    /// <summary>Whether <c>i</c> can be used: it has not ended, some uses are left, and who made it is here. Wants the parameter <c>now</c>.</summary>
    public const string IsGood =
        $"i.expires_at > @now AND i.used < i.uses AND (i.user_id IS NULL OR {UserSql.IsActive})";

    /// <summary>There is none, or none for the viewer; alike, so that nobody learns which there are.</summary>
    public static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "invitation_not_found",
        "Invitation not found"
    );

    private static readonly Error NotGood = Error.Invalid(
        "invitation",
        "invitation_not_good",
        "This invitation is none, has ended, or was used as often as it may be"
    );

    private static readonly Error Needed = Error.Invalid(
        "invitation",
        "invitation_needed",
        "An invitation is needed to register here"
    );

    private static readonly Error Closed = new(
        ErrorKind.Forbidden,
        "registration_closed",
        "Nobody can register here at present"
    );

    /// <summary>Whether somebody may register with this code, or without one.</summary>
    /// <returns>
    /// The refusal; or the invitation's id, null where none is needed and none was given. Its row is locked until the commit.
    /// </returns>
    public static async Task<Result<Used>> TakeAsync(
        Write write,
        string? code,
        InvitationCodes codes,
        SiteOptions site
    )
    {
        if (site.IsClosed)
        {
            return Closed;
        }
        if (string.IsNullOrEmpty(code))
        {
            return site.IsByInvitation ? Needed : new Used(null, null);
        }
        var used = codes.IdOf(code) is { } id
            ? await write.FirstAsync(
                new Statement(
                    $"SELECT i.id, i.user_id FROM {From} WHERE i.id = @id AND {IsGood}{write.Dialect.ForNoKeyUpdate("i")}",
                    ("id", id),
                    ("now", write.Now)
                ),
                row => new Used(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1))
            )
            : null;
        return used is null ? NotGood : used;
    }

    /// <summary>Counts one more who has registered with it.</summary>
    public static Statement Use(long id) =>
        new("UPDATE invitation SET used = used + 1 WHERE id = @invitation", ("invitation", id));

    /// <summary>An invitation that is to be used.</summary>
    /// <param name="Id">Which; null when none was needed.</param>
    /// <param name="By">Whose; null when the operator's.</param>
    internal sealed record Used(long? Id, long? By);
}
