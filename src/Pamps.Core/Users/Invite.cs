using System.Data.Common;
using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Invites people to register, and ends that.</summary>
public sealed class Invite
{
    /// <summary>The most who register with one invitation.</summary>
    public const int MaxUses = 1000;

    /// <summary>The most days that one is good.</summary>
    public const int MaxDays = 365;

    /// <summary>The most invitations that somebody has at once, those included that have ended and were not swept yet.</summary>
    public const int Most = 100;

    private static readonly Error NotAllowed = new(
        ErrorKind.Forbidden,
        "may_not_invite",
        "Only superusers invite people here"
    );

    private static readonly Error NoMore = new(
        ErrorKind.Conflict,
        "no_more_invitations",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nobody has more than {Most} invitations; end some to make more"
        )
    );

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly InvitationCodes codes;
    private readonly SiteOptions site;

    internal Invite(Writer writer, Sql sql, InvitationCodes codes, PampsOptions options) =>
        (this.writer, this.sql, this.codes, site) = (writer, sql, codes, options.Site);

    /// <summary>
    /// Makes an invitation, and answers with it. Refused to who may not invite, when the numbers are out of their ranges, and when the
    /// viewer has enough of them.
    /// </summary>
    /// <param name="viewer">Who invites.</param>
    /// <param name="uses">How many may register with it, 1 to <see cref="MaxUses"/>.</param>
    /// <param name="days">How many days it is good, 1 to <see cref="MaxDays"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<InvitationView>> RunAsync(
        Viewer viewer,
        int uses,
        int days,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        errors.Take("uses", Check("uses", uses, MaxUses));
        errors.Take("days", Check("days", days, MaxDays));
        if (errors.Any(out var error))
        {
            return error;
        }
        if (!viewer.Superuser && !site.MembersInvite)
        {
            return NotAllowed;
        }
        return await writer.RunAsync<InvitationView>(
            viewer,
            async write =>
            {
                long? owner = viewer.Id == 0 ? null : viewer.Id;
                if (owner is { } id)
                {
                    // Of two at once the later counts the earlier.
                    write.LockUser(id);
                    var has = await write.FirstAsync(
                        new Statement("SELECT count(*) FROM invitation i WHERE i.user_id = @id", ("id", id)),
                        row => row.GetInt64(0)
                    );
                    if (has >= Most)
                    {
                        return NoMore;
                    }
                }
                var invitation = new InvitationView(
                    write.NewId(),
                    Code: "",
                    uses,
                    Used: 0,
                    write.Now,
                    write.Now.AddDays(days),
                    owner is null ? null : viewer.Username
                );
                write.Then(
                    new Statement(
                        """
                        INSERT INTO invitation (id, user_id, uses, used, created_at, expires_at)
                        VALUES (@id, @user_id, @uses, 0, @now, @expires_at)
                        """,
                        ("id", invitation.Id),
                        ("user_id", owner),
                        ("uses", uses),
                        ("now", write.Now),
                        ("expires_at", invitation.ExpiresAt)
                    )
                );
                write.Audit(
                    new SecurityEvent(
                        SecurityEventKinds.InvitationMade,
                        owner,
                        viewer.Id,
                        viewer.Network,
                        invitation.Id.ToString(CultureInfo.InvariantCulture)
                    )
                );
                return invitation with { Code = codes.Of(invitation.Id) };
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Ends an invitation: nobody registers with it any more. Others' are not found; superusers end everybody's.
    /// </summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var isFound = await write.FirstAsync(
                    new Statement(
                        $"SELECT 1 FROM invitation i WHERE i.id = @id AND (@all OR i.user_id = @viewer){write.Dialect.ForNoKeyUpdate("i")}",
                        ("id", id),
                        ("all", viewer.Superuser),
                        ("viewer", viewer.Id)
                    ),
                    _ => true
                );
                if (!isFound)
                {
                    return InvitationSql.NotFound;
                }
                write.Then(new Statement("DELETE FROM invitation WHERE id = @id", ("id", id)));
                return new Done();
            },
            cancellationToken
        );

    /// <summary>A page of the viewer's invitations, newest first, those included that were used up or have ended lately.</summary>
    public Task<Page<InvitationView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        List("i.user_id").ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id));

    /// <summary>A page of everybody's invitations, newest first. Refused to all but superusers.</summary>
    public async Task<Result<Page<InvitationView>>> ListAllAsync(
        Viewer viewer,
        PageRequest page,
        CancellationToken ct
    ) =>
        viewer.Superuser
            ? await List(of: null).ReadAsync(sql, page, ListOrder.Newest, ct)
            : Error.SuperuserOnly;

    private SqlList<InvitationView> List(string? of) =>
        new(
            "i.uses, i.used, i.created_at, i.expires_at, u.username",
            InvitationSql.From,
            "true",
            "i.id",
            Read,
            of: of
        );

    private InvitationView Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            codes.Of(row.GetInt64(0)),
            row.GetInt32(1),
            row.GetInt32(2),
            row.GetUtc(3),
            row.GetUtc(4),
            row.GetStringOrNull(5)
        );

    private static Result<int> Check(string field, int value, int most) =>
        value >= 1 && value <= most
            ? value
            : Error.Invalid(
                field,
                "out_of_range",
                string.Create(CultureInfo.InvariantCulture, $"Must be 1 to {most}"),
                1,
                most
            );
}
