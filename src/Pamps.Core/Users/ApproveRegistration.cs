using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Lets moderators approve who has registered, and refuse them. Refused to all others.</summary>
public sealed class ApproveRegistration
{
    private readonly Writer writer;
    private readonly DeleteUser delete;
    private readonly MailQueue mail;
    private readonly NeededEmail needed;
    private readonly Sql sql;

    internal ApproveRegistration(
        Writer writer,
        DeleteUser delete,
        MailQueue mail,
        NeededEmail needed,
        Sql sql
    )
    {
        (this.writer, this.delete, this.mail) = (writer, delete, mail);
        (this.needed, this.sql) = (needed, sql);
    }

    /// <summary>A page of those who wait, the longest first.</summary>
    public async Task<Result<Page<RegistrationView>>> ListAsync(
        Viewer viewer,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        viewer.Role.May(Powers.Moderate)
            ? await Registration.List.ReadAsync(sql, page, ListOrder.Oldest, cancellationToken)
            : Error.ModeratorsOnly;

    /// <summary>Opens the account: they can sign in, others find them, and they are told by mail. Refused when nobody of that name waits.</summary>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    ) =>
        viewer.Role.May(Powers.Moderate)
            ? await writer.RunAsync<Done>(
                viewer,
                async write =>
                {
                    var (isWhom, key) = (UserSql.HasName("@whom"), Names.Key(username));
                    // Of several at once one finds them waiting.
                    write.LockUser(isWhom, key);
                    if (await FindAsync(write, isWhom, key) is not { } found)
                    {
                        return Registration.NotFound;
                    }
                    write.Then(
                        new Statement(
                            "UPDATE \"user\" SET suspended_at = NULL, erase_at = NULL WHERE id = @id",
                            ("id", found.Id)
                        ),
                        Registration.Forget(found.Id)
                    );
                    FetchAvatar.Ask(write, found.Id, found.Avatar);
                    write.Audit(
                        SecurityEvent.By(write.Viewer, SecurityEventKinds.RegistrationApproved, found.Id)
                    );
                    mail.Leave(write, MailSubject.RegistrationApproved, found.Id, found.Language);
                    needed.Ask(write, found.Id, found.Email, found.PasswordHash, found.Language);
                    return new Done();
                },
                cancellationToken
            )
            : Error.ModeratorsOnly;

    /// <summary>Deletes the account, whose name is free at once; they are told by mail. Refused when nobody of that name waits.</summary>
    public async Task<Result<Done>> UndoAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    ) =>
        viewer.Role.May(Powers.Moderate)
            ? await delete.RunAsync(
                viewer,
                ($"{UserSql.HasName("@whom")} AND {UserSql.Waits}", Names.Key(username)),
                Registration.NotFound,
                async (write, id) =>
                {
                    var found = await FindAsync(write, "u.id = @whom", id);
                    write.Audit(SecurityEvent.By(write.Viewer, SecurityEventKinds.RegistrationRefused, id));
                    mail.Leave(
                        write,
                        MailSubject.RegistrationRefused,
                        id,
                        found!.Language,
                        found.Email,
                        name: found.Username
                    );
                },
                cancellationToken
            )
            : Error.ModeratorsOnly;

    private static Task<Found?> FindAsync(Write write, string condition, object whom) =>
        write.FirstAsync(
            new Statement(
                $"""
                SELECT u.id, u.username, u.avatar, a.email, r.language, a.password
                FROM registration r JOIN "user" u ON u.id = r.user_id JOIN account a ON a.user_id = u.id
                WHERE {condition} AND {UserSql.Waits}
                """,
                ("whom", whom)
            ),
            row => new Found(
                row.GetInt64(0),
                row.GetString(1),
                row.GetStringOrNull(2),
                row.GetString(3),
                row.GetStringOrNull(4),
                row.GetString(5)
            )
        );

    private sealed record Found(
        long Id,
        string Username,
        string? Avatar,
        string Email,
        string? Language,
        string PasswordHash
    )
    {
        public override string ToString() => nameof(Found);
    }
}
