using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pamps.Core.Jobs;
using Pamps.Core.Mail;
using Pamps.Core.Reads;

namespace Pamps.Core.Users;

/// <summary>Writes a mail to somebody of this server and hands it over; tried again as jobs are.</summary>
internal sealed partial class SendMail(
    Sql sql,
    ResetTokens tokens,
    EmailTokens emails,
    IMailer mailer,
    PampsOptions options,
    TimeProvider time,
    ILogger<SendMail> logger
) : IJobHandler
{
    public string Kind => MailQueue.Kind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize(run.Payload!, MailJson.Default.MailOrder)!;
        // Whoever has turned mail off wants none of that which waits, either.
        if (!options.Mail.IsSet || await WriteAsync(run.Id, order, ct) is not { } mail)
        {
            return;
        }
        try
        {
            await mailer.SendAsync(mail, ct);
        }
        catch (MailFailedException exception) when (exception.IsForGood)
        {
            LogNoMailbox(order.UserId, exception.Message);
        }
    }

    /// <summary>The mail; null when there is nobody or nothing to be told any more.</summary>
    private async Task<OutgoingMail?> WriteAsync(long id, MailOrder order, CancellationToken ct)
    {
        var words = MailWords.In(order.Language);
        if (order.About == MailSubject.RegistrationRefused)
        {
            return words.Tell(order.About, id, order.Address!, order.Name!, path: null, options.Site);
        }
        var account = await sql.FirstAsync(
            $"SELECT u.username, a.email, {UserSql.IsActive}, {EmailStanding.Columns} FROM {UserSql.WithAccount} WHERE u.id = @id AND {UserSql.IsHere}",
            row => new Account(
                row.GetString(0),
                row.GetString(1),
                row.GetBoolean(2),
                EmailStanding.Read(row, 3)
            ),
            ct,
            ("id", order.UserId)
        );
        if (account is null)
        {
            return null;
        }
        switch (order.About)
        {
            case MailSubject.PasswordForgotten:
                // A link of which nobody knows any more that they asked for it would only frighten.
                if (!account.IsActive || order.At + ResetTokens.Lifetime < time.Now())
                {
                    return null;
                }
                // Made now and not before, so that no token ever lies in the database.
                var token = tokens.Make(
                    order.UserId,
                    account.Username,
                    account.Standing.PasswordHash,
                    account.Standing.EmailKey
                );
                return words.PasswordForgotten(id, account.Email, token, options.Site);
            case MailSubject.EmailAsked:
                // Nor is one made for whoever asked before the password or the address was changed.
                if (
                    !account.IsActive
                    || order.At + EmailTokens.Lifetime < time.Now()
                    || order.Standing != emails.MarkOf(order.UserId, account.Standing)
                )
                {
                    return null;
                }
                return words.EmailAsked(
                    id,
                    order.Address!,
                    account.Username,
                    emails.LinkAt(options.Site.Origin!, order.UserId, order.Address!, account.Standing),
                    options.Site
                );
            case MailSubject.RegistrationApproved:
                return words.Tell(
                    order.About,
                    id,
                    account.Email,
                    account.Username,
                    path: "/sign-in",
                    options.Site
                );
            case MailSubject.ArchiveReady:
                return words.Tell(
                    order.About,
                    id,
                    account.Email,
                    account.Username,
                    path: "/settings",
                    options.Site
                );
            case MailSubject.EmailChanged:
            case MailSubject.PasswordChanged:
            case MailSubject.SecondFactorSet:
            case MailSubject.SecondFactorRemoved:
            case MailSubject.RecoveryCodesMade:
            case MailSubject.RecoveryCodeUsed:
            case MailSubject.NewLogin:
            case MailSubject.PasskeyAdded:
            case MailSubject.PasskeyRemoved:
                return words.Notice(
                    order.About,
                    id,
                    order.Address ?? account.Email,
                    account.Username,
                    order.At,
                    order.Detail,
                    options.Site
                );
            default:
                throw new InvalidOperationException("A mail of a kind that this version does not know.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account {AccountId} gets no mail: {Reason}")]
    private partial void LogNoMailbox(long accountId, string reason);

    private sealed record Account(string Username, string Email, bool IsActive, EmailStanding Standing);
}
