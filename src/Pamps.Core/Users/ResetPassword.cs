using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>An account that has a new password.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The user's name, as it is written.</param>
public sealed record ResetAccount(long Id, string Username);

/// <summary>Gives an account a new password, for somebody who has forgotten theirs.</summary>
public sealed class ResetPassword
{
    private readonly RevokingWriter writer;
    private readonly Sql sql;
    private readonly IPasswords passwords;
    private readonly PasswordRules rules;
    private readonly ResetTokens tokens;
    private readonly MailQueue mail;

    internal ResetPassword(
        RevokingWriter writer,
        Sql sql,
        IPasswords passwords,
        PasswordRules rules,
        ResetTokens tokens,
        MailQueue mail
    ) =>
        (this.writer, this.sql, this.passwords, this.rules, this.tokens, this.mail) = (
            writer,
            sql,
            passwords,
            rules,
            tokens,
            mail
        );

    /// <summary>
    /// Replaces the password and ends every login of the account, whose owner is told by mail. Refused to all but superusers whose password was given just
    /// now, when there is no such user, and when the new password breaks a rule.
    /// </summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="username">Whose password.</param>
    /// <param name="newPassword">As long as the settings ask for, at most 256 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account's user name, as it is written.</returns>
    public async Task<Result<string>> RunAsync(
        Viewer viewer,
        string username,
        string? newPassword,
        CancellationToken cancellationToken
    )
    {
        if (viewer.ModerationRefusal is { } refusal)
        {
            return refusal;
        }
        var account = await FindAsync(UserSql.HasName("@whom"), Names.Key(username), cancellationToken);
        if (account is null)
        {
            return Error.UserNotFound;
        }
        var checkedPassword = rules.Check("password", newPassword, account.Username, account.Email);
        if (checkedPassword.IsRefused(out var error))
        {
            return error;
        }
        var hash = await passwords.HashAsync(checkedPassword.Value, cancellationToken);
        return await writer.RunAsync<string>(
            viewer,
            async write =>
                await SetAsync(
                    write,
                    account.Id,
                    hash,
                    oldHash: null,
                    By(viewer, account.Id),
                    viewer.Language
                )
                    ? account.Username
                    : Error.UserNotFound,
            cancellationToken
        );
    }

    /// <summary>
    /// The same for who has a token, of whichever state the account is in: one that is closed stays closed. Refused when the token is
    /// not good any more or never was, and when the new password breaks a rule; the token is used up only when the password changes.
    /// </summary>
    /// <param name="token">As <see cref="MakeResetToken"/> made it. Whoever calls this counts wrong ones, as at a sign-in.</param>
    /// <param name="newPassword">As above.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="language">The language of the mail about it, as <see cref="Viewer.Language"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ResetAccount>> RunAsync(
        string? token,
        string? newPassword,
        string? network,
        string? language,
        CancellationToken cancellationToken
    )
    {
        // Looked for whatever the token says, so that time does not tell how far it got.
        var account = await FindAsync("u.id = @whom", ResetTokens.UserOf(token) ?? 0, cancellationToken);
        var isGood = tokens.IsGood(token, account?.Hash, account is null ? "" : Names.Key(account.Email));
        var errors = new FieldErrors();
        if (!isGood)
        {
            errors.Add("token", Error.InvalidLink.Fields!["token"]);
        }
        // What of the account a password must not hold is for who may change it.
        var password = errors.Take(
            "password",
            isGood
                ? rules.Check("password", newPassword, account!.Username, account.Email)
                : rules.Check("password", newPassword)
        );
        if (errors.Any(out var error))
        {
            return error;
        }
        var hash = await passwords.HashAsync(password!, cancellationToken);
        return await writer.RunAsync<ResetAccount>(
            viewer: null,
            async write =>
                // The old hash in the condition lets only one of two uses at once win.
                await SetAsync(
                    write,
                    account!.Id,
                    hash,
                    account.Hash,
                    new SecurityEvent(
                        SecurityEventKinds.PasswordReset,
                        account.Id,
                        ActorId: null,
                        network,
                        SecurityEventKinds.Link
                    ),
                    language
                )
                    ? new ResetAccount(account.Id, account.Username)
                    : Error.InvalidLink,
            cancellationToken
        );
    }

    private Task<Found?> FindAsync(string condition, object whom, CancellationToken ct) =>
        sql.FirstAsync(
            $"SELECT u.id, u.username, a.email, a.password FROM {UserSql.WithAccount} WHERE {condition}",
            row => new Found(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            ct,
            ("whom", whom)
        );

    /// <summary>Sets the password; false when the account is gone, or has another than the old one by now.</summary>
    private async Task<bool> SetAsync(
        Write write,
        long id,
        string hash,
        string? oldHash,
        SecurityEvent happened,
        string? language
    )
    {
        write.LockUser(id);
        var isSet = await write.FirstAsync(
            new Statement(
                $"UPDATE account SET password = @new WHERE user_id = @id{(oldHash is null ? "" : " AND password = @old")} RETURNING 1",
                [
                    ("new", hash),
                    ("id", id),
                    .. oldHash is null ? Array.Empty<(string, object?)>() : [("old", oldHash)],
                ]
            ),
            _ => true
        );
        if (isSet)
        {
            write.Then(new Statement("DELETE FROM login WHERE user_id = @id", ("id", id)));
            write.Record(new LoginEnded(id, LoginId: 0));
            write.Audit(happened);
            mail.Leave(write, MailSubject.PasswordChanged, id, language);
        }
        return isSet;
    }

    private static SecurityEvent By(Viewer viewer, long id) =>
        SecurityEvent.By(viewer, SecurityEventKinds.PasswordReset, id);

    private sealed record Found(long Id, string Username, string Email, string Hash);
}
