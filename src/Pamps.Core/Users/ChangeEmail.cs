using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>The e-mail address of an account.</summary>
/// <param name="Email">The address.</param>
/// <param name="ConfirmedAt">When its owner showed that it is theirs, UTC; null when they have not.</param>
public sealed record EmailView(string Email, DateTime? ConfirmedAt);

/// <summary>Lets the viewer show that their e-mail address is theirs, and change it: by a link that is sent to it, good once and for a day.</summary>
public sealed class ChangeEmail
{
    private static readonly Error NoMail = new(
        ErrorKind.Conflict,
        "no_mail",
        "This site sends no mail, and so no link to confirm an address"
    );

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly Quotas quotas;
    private readonly ConfirmPassword confirm;
    private readonly EmailTokens tokens;
    private readonly MailQueue mail;
    private readonly ModerationOptions options;

    internal ChangeEmail(
        Writer writer,
        Sql sql,
        Quotas quotas,
        ConfirmPassword confirm,
        EmailTokens tokens,
        MailQueue mail,
        PampsOptions options
    )
    {
        (this.writer, this.sql, this.quotas, this.confirm) = (writer, sql, quotas, confirm);
        (this.tokens, this.mail, this.options) = (tokens, mail, options.Moderation);
    }

    /// <summary>The viewer's address, and whether it is confirmed.</summary>
    public async Task<Result<EmailView>> ReadAsync(Viewer viewer, CancellationToken cancellationToken) =>
        await sql.FirstAsync(
            "SELECT a.email, a.email_confirmed_at FROM account a WHERE a.user_id = @id",
            row => new EmailView(row.GetString(0), row.GetUtcOrNull(1)),
            cancellationToken,
            ("id", viewer.Id)
        )
            is { } found
            ? found
            : Error.NotSignedIn;

    /// <summary>
    /// Has a link sent to an address; nothing changes before it is opened. Refused where no mail is sent, when the address is none or
    /// somebody else's, when it is to change and the password is wrong, and when the viewer was sent enough links for now.
    /// </summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="email">The address to have from then on; null for the one that they have, to be confirmed.</param>
    /// <param name="password">Their password, where the address is to change. Whoever calls this counts wrong ones, as at a sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> AskAsync(
        Viewer viewer,
        string? email,
        string? password,
        CancellationToken cancellationToken
    )
    {
        if (!mail.IsOpen)
        {
            return NoMail;
        }
        if (email is not null)
        {
            var @checked = Names.CheckEmail(email, viewer, options);
            if (@checked.IsRefused(out var error))
            {
                return error;
            }
            email = @checked.Value;
            if (
                (await confirm.RunAsync(viewer, "password", password ?? "", cancellationToken)).IsRefused(
                    out error
                )
            )
            {
                return error;
            }
        }
        return await writer.RunAsync<Done>(
            viewer,
            quotas.OfPasswordResetsOf(viewer.Id),
            key: null,
            async write =>
            {
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT a.email, EXISTS (SELECT 1 FROM account o WHERE o.email_key = @key AND o.user_id <> @id),
                            {EmailStanding.Columns}
                        FROM account a WHERE a.user_id = @id
                        """,
                        ("key", email is null ? null : Names.Key(email)),
                        ("id", viewer.Id)
                    ),
                    row =>
                        ((string Email, bool IsTaken, EmailStanding Standing)?)
                            (row.GetString(0), row.GetBoolean(1), EmailStanding.Read(row, 2))
                );
                if (found is not (var own, var isTaken, var standing))
                {
                    return Error.NotSignedIn;
                }
                if (isTaken)
                {
                    return Error.EmailTaken;
                }
                if (write.Exceeded is { } tooMany)
                {
                    return tooMany;
                }
                mail.Leave(
                    write,
                    MailSubject.EmailAsked,
                    viewer.Id,
                    viewer.Language,
                    email ?? own,
                    tokens.MarkOf(viewer.Id, standing)
                );
                return new Done();
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Takes a link: the account has the address that it was sent to, which is confirmed; of a change both addresses are told. Refused when
    /// the token is not good any more or never was, and when somebody else has the address meanwhile.
    /// </summary>
    /// <param name="token">What the link holds.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="language">The language of the mails about it, as <see cref="Viewer.Language"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<EmailView>> RunAsync(
        string? token,
        string? network,
        string? language,
        CancellationToken cancellationToken
    )
    {
        if (EmailTokens.Read(token) is not { } read)
        {
            return Error.InvalidLink;
        }
        var (id, key) = (read.UserId, Names.Key(read.Email));
        return await writer.RunAsync<EmailView>(
            viewer: null,
            async write =>
            {
                // Of two uses at once the later finds the address as the earlier has left it.
                write.LockUser(id);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT a.email, EXISTS (SELECT 1 FROM account o WHERE o.email_key = @key AND o.user_id <> @id),
                            {EmailStanding.Columns}
                        FROM {UserSql.WithAccount} WHERE u.id = @id AND {UserSql.IsActive}
                        """,
                        ("key", key),
                        ("id", id)
                    ),
                    row =>
                        ((string Email, bool IsTaken, EmailStanding Standing)?)
                            (row.GetString(0), row.GetBoolean(1), EmailStanding.Read(row, 2))
                );
                if (found is not (var old, var isTaken, var standing) || !tokens.IsGood(read, standing))
                {
                    return Error.InvalidLink;
                }
                if (isTaken)
                {
                    return Error.EmailTaken;
                }
                write.Then(
                    new Statement(
                        "UPDATE account SET email = @email, email_key = @key, email_confirmed_at = @now WHERE user_id = @id",
                        ("email", read.Email),
                        ("key", key),
                        ("now", write.Now),
                        ("id", id)
                    )
                );
                var isChange = standing.EmailKey != key;
                write.Audit(
                    new SecurityEvent(
                        isChange ? SecurityEventKinds.EmailChanged : SecurityEventKinds.EmailConfirmed,
                        id,
                        ActorId: null,
                        network
                    )
                );
                if (isChange)
                {
                    mail.Leave(write, MailSubject.EmailChanged, id, language, old);
                    mail.Leave(write, MailSubject.EmailChanged, id, language, read.Email);
                }
                return new EmailView(read.Email, write.Now);
            },
            cancellationToken
        );
    }
}
