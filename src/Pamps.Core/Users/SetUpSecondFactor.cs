using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Mail;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Sets up that sign-ins to the viewer's account ask for a code of an authenticator app beside the password, and ends that. A new
/// password, however it was set, changes nothing about it.
/// </summary>
public sealed class SetUpSecondFactor
{
    private static readonly Error IsSet = new(
        ErrorKind.Conflict,
        "second_factor_set",
        "There is a second factor already; remove it to set up another one"
    );

    private static readonly Error None = new(
        ErrorKind.Conflict,
        "no_second_factor",
        "There is no second factor"
    );

    private static readonly Error NoneOfTheirs = new(
        ErrorKind.NotFound,
        "no_second_factor",
        "This user has no second factor and no passkey"
    );

    private static readonly Error NotBegun = new(
        ErrorKind.Conflict,
        "second_factor_not_begun",
        "Nothing waits for a code; begin anew"
    );

    private readonly RevokingWriter writer;
    private readonly ConfirmPassword confirm;
    private readonly CheckSecondFactor check;
    private readonly SecondFactorSecrets secrets;
    private readonly ISecondFactorCodes codes;
    private readonly MailQueue mail;
    private readonly SiteOptions site;

    internal SetUpSecondFactor(
        RevokingWriter writer,
        ConfirmPassword confirm,
        CheckSecondFactor check,
        SecondFactorSecrets secrets,
        ISecondFactorCodes codes,
        MailQueue mail,
        PampsOptions options
    )
    {
        (this.writer, this.confirm, this.check, this.secrets) = (writer, confirm, check, secrets);
        (this.codes, this.mail, site) = (codes, mail, options.Site);
    }

    /// <summary>
    /// Makes a secret for the app; nothing asks for codes before one was shown. One that was made before and not confirmed is
    /// forgotten. Refused when the password is wrong, and when there is a second factor already.
    /// </summary>
    /// <param name="viewer">Whose account.</param>
    /// <param name="password">Their password. Whoever calls this counts wrong ones, as at a sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<NewSecondFactor>> BeginAsync(
        Viewer viewer,
        string? password,
        CancellationToken cancellationToken
    )
    {
        if (
            (await confirm.RunAsync(viewer, "password", password ?? "", cancellationToken)).IsRefused(
                out var error
            )
        )
        {
            return error;
        }
        var secret = codes.NewSecret();
        return await writer.RunAsync<NewSecondFactor>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                var isMade = await write.FirstAsync(
                    new Statement(
                        """
                        INSERT INTO second_factor AS s (user_id, secret, created_at, last_step) VALUES (@id, @secret, @now, 0)
                        ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
                        WHERE s.confirmed_at IS NULL
                        RETURNING 1
                        """,
                        ("id", viewer.Id),
                        ("secret", secrets.Seal(viewer.Id, secret)),
                        ("now", write.Now)
                    ),
                    _ => true
                );
                return isMade
                    ? new NewSecondFactor(
                        codes.Show(secret),
                        codes.UriOf(secret, site.Name, NameOf(viewer.Username))
                    )
                    : IsSet;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Takes the app's first code: from now on sign-ins ask for one, and every login but the viewer's own has ended. Answers with recovery
    /// codes. Refused when the code is wrong, and when nothing was begun or it was confirmed before.
    /// </summary>
    /// <param name="viewer">Whose account.</param>
    /// <param name="code">What the app shows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<NewRecoveryCodes>> ConfirmAsync(
        Viewer viewer,
        string? code,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<NewRecoveryCodes>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                var waiting = await write.FirstAsync(
                    new Statement(
                        "SELECT s.secret FROM second_factor s WHERE s.user_id = @id AND s.confirmed_at IS NULL",
                        ("id", viewer.Id)
                    ),
                    row => row.GetString(0)
                );
                if (waiting is null || secrets.Open(viewer.Id, waiting) is not { } secret)
                {
                    return NotBegun;
                }
                if (codes.StepOf(secret, code ?? "", write.Now) is not { } step)
                {
                    return CheckSecondFactor.WrongCode;
                }
                var made = codes.NewRecoveryCodes();
                write.Then(
                    new Statement(
                        "UPDATE second_factor SET confirmed_at = @now, last_step = @step WHERE user_id = @id",
                        ("now", write.Now),
                        ("step", step),
                        ("id", viewer.Id)
                    )
                );
                write.Then(
                    SecondFactorSql.RenewCodes(
                        write,
                        viewer.Id,
                        made.Select(x => codes.HashOf(viewer.Id, x)!)
                    )
                );
                // Whoever is in by the password alone is out.
                write.Then(
                    new Statement(
                        "DELETE FROM login WHERE user_id = @user_id AND id <> @login_id",
                        ("user_id", viewer.Id),
                        ("login_id", viewer.LoginId)
                    )
                );
                write.Record(new LoginEnded(viewer.Id, LoginId: 0));
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.SecondFactorSet, viewer.Id));
                mail.Leave(write, MailSubject.SecondFactorSet, viewer.Id, viewer.Language);
                return new NewRecoveryCodes(made);
            },
            cancellationToken
        );

    /// <summary>
    /// Removes it with its recovery codes: from now on the password is enough. Refused when the password or the code is wrong, and when
    /// there is none.
    /// </summary>
    /// <param name="viewer">Whose account.</param>
    /// <param name="password">Their password. Whoever calls this counts wrong ones and wrong codes, as at a sign-in.</param>
    /// <param name="code">A code of the app, or a recovery code.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> UndoAsync(
        Viewer viewer,
        string? password,
        string? code,
        CancellationToken cancellationToken
    )
    {
        if (
            (await confirm.RunAsync(viewer, "password", password ?? "", cancellationToken)).IsRefused(
                out var error
            )
        )
        {
            return error;
        }
        return await writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                if (await RefusalOfAsync(write, viewer.Id) is { } refusal)
                {
                    return refusal;
                }
                if (!await check.UseAsync(write, viewer.Id, code, viewer.Network, viewer.Language))
                {
                    return CheckSecondFactor.WrongCode;
                }
                Remove(write, viewer.Id);
                return new Done();
            },
            cancellationToken
        );
    }

    /// <summary>
    /// The same for somebody who has lost the app and the recovery codes, without any; and their passkeys go, too, which may be another's
    /// by now. Refused to all but superusers whose password was given just now, and when there is no such user or they have neither.
    /// </summary>
    /// <returns>The user name, as it is written.</returns>
    public async Task<Result<string>> UndoForAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    ) =>
        viewer.ModerationRefusal is { } refusal
            ? refusal
            : await writer.RunAsync<string>(
                viewer,
                async write =>
                {
                    write.LockUser(UserSql.HasName("@whom"), Names.Key(username));
                    var found = await write.FirstAsync(
                        new Statement(
                            $"SELECT u.id, u.username FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@whom")}",
                            ("whom", Names.Key(username))
                        ),
                        row => ((long Id, string Name)?)(row.GetInt64(0), row.GetString(1))
                    );
                    if (found is not (var id, var name))
                    {
                        return Error.UserNotFound;
                    }
                    var hasNone = await RefusalOfAsync(write, id) is not null;
                    var passkeys = await PasskeySql.CountAsync(write, id);
                    if (hasNone && passkeys == 0)
                    {
                        return NoneOfTheirs;
                    }
                    if (!hasNone)
                    {
                        Remove(write, id);
                    }
                    if (passkeys > 0)
                    {
                        write.Then(new Statement("DELETE FROM passkey WHERE user_id = @id", ("id", id)));
                        write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.PasskeyRemoved, id));
                        mail.Leave(write, MailSubject.PasskeyRemoved, id, viewer.Language);
                    }
                    return name;
                },
                cancellationToken
            );

    /// <summary>The refusal of who has no second factor.</summary>
    internal static async Task<Error?> RefusalOfAsync(Write write, long userId) =>
        await write.FirstAsync(
            new Statement($"SELECT 1 FROM {SecondFactorSql.InForce} AND s.user_id = @id", ("id", userId)),
            _ => true
        )
            ? null
            : None;

    private void Remove(Write write, long userId)
    {
        write.Then(
            SecondFactorSql.DropCodes(userId),
            new Statement("DELETE FROM second_factor WHERE user_id = @id", ("id", userId))
        );
        write.Audit(SecurityEvent.By(write.Viewer, SecurityEventKinds.SecondFactorRemoved, userId));
        mail.Leave(write, MailSubject.SecondFactorRemoved, userId, write.Viewer.Language);
    }

    /// <summary>The account as the app lists it: with the host, as people have several.</summary>
    private string NameOf(string username) =>
        Uri.TryCreate(site.Origin, UriKind.Absolute, out var origin)
            ? $"{username}@{origin.Authority}"
            : username;
}
