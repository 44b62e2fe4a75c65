using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Changes the viewer's password.</summary>
public sealed class ChangePassword
{
    private readonly RevokingWriter writer;
    private readonly Sql sql;
    private readonly IPasswords passwords;
    private readonly PasswordRules rules;
    private readonly MailQueue mail;

    internal ChangePassword(
        RevokingWriter writer,
        Sql sql,
        IPasswords passwords,
        PasswordRules rules,
        MailQueue mail
    ) =>
        (this.writer, this.sql, this.passwords, this.rules, this.mail) = (
            writer,
            sql,
            passwords,
            rules,
            mail
        );

    /// <summary>
    /// Replaces the password and ends every login but the viewer's own, who is told by mail. Refused when the current password is wrong, or
    /// the new one breaks a rule.
    /// </summary>
    /// <param name="viewer">Whose password.</param>
    /// <param name="currentPassword">
    /// What is checked first. Whoever calls this counts wrong ones, as at a sign-in.
    /// </param>
    /// <param name="newPassword">As long as the settings ask for, at most 256 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        string? currentPassword,
        string? newPassword,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        errors.Take("new_password", rules.Check("new_password", newPassword));
        if (currentPassword is not { Length: > 0 and <= PasswordRules.MostTyped })
        {
            errors.Add("current_password", WrongPassword.Fields!["current_password"]);
        }
        if (errors.Any(out var error))
        {
            return error;
        }

        var (oldHash, email) = await sql.FirstAsync(
            "SELECT a.password, a.email FROM account a WHERE a.user_id = @id",
            row => (row.GetString(0), row.GetString(1)),
            cancellationToken,
            ("id", viewer.Id)
        );
        if (oldHash is null)
        {
            return Error.NotSignedIn;
        }
        if (rules.Check("new_password", newPassword, viewer.Username, email).IsRefused(out error))
        {
            return error;
        }
        if (!await passwords.IsRightAsync(oldHash, currentPassword!, cancellationToken))
        {
            return WrongPassword;
        }

        var newHash = await passwords.HashAsync(newPassword!, cancellationToken);
        return await writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                // The old hash in the condition lets only one of two changes at once win.
                var changed = await write.FirstAsync(
                    new Statement(
                        "UPDATE account SET password = @new WHERE user_id = @id AND password = @old RETURNING 1",
                        ("new", newHash),
                        ("id", viewer.Id),
                        ("old", oldHash)
                    ),
                    _ => true
                );
                if (!changed)
                {
                    return WrongPassword;
                }
                write.Then(
                    new Statement(
                        "DELETE FROM login WHERE user_id = @user_id AND id <> @login_id",
                        ("user_id", viewer.Id),
                        ("login_id", viewer.LoginId)
                    )
                );
                write.Record(new LoginEnded(viewer.Id, LoginId: 0));
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.PasswordChanged, viewer.Id));
                mail.Leave(write, MailSubject.PasswordChanged, viewer.Id, viewer.Language);
                return new Done();
            },
            cancellationToken
        );
    }

    private static Error WrongPassword { get; } =
        Error.Invalid("current_password", "wrong_password", "The current password is not right.");
}
