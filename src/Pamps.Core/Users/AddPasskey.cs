using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Adds passkeys to the viewer's account, each of which opens it without a password.</summary>
public sealed class AddPasskey
{
    /// <summary>The most passkeys that somebody has.</summary>
    public const int Most = 20;

    /// <summary>The most characters of a passkey's name.</summary>
    public const int MaxNameLength = 50;

    private static readonly Error Off = new(
        ErrorKind.Conflict,
        "passkeys_off",
        "There are no passkeys here: the site has not said its address"
    );

    private static readonly Error NoMore = new(
        ErrorKind.Conflict,
        "no_more_passkeys",
        string.Create(CultureInfo.InvariantCulture, $"Nobody has more than {Most} passkeys; remove one first")
    );

    private static readonly Error Wrong = Error.Invalid(
        "credential",
        "passkey_refused",
        "This is not what the browser was asked for, or it came too late; begin anew."
    );

    private static readonly Error Taken = new(
        ErrorKind.Conflict,
        "passkey_taken",
        "This passkey was added before"
    );

    private readonly Writer writer;
    private readonly ConfirmPassword confirm;
    private readonly CheckSecondFactor check;
    private readonly IPasskeyMaker maker;
    private readonly MailQueue mail;

    internal AddPasskey(
        Writer writer,
        ConfirmPassword confirm,
        CheckSecondFactor check,
        IPasskeyMaker maker,
        MailQueue mail
    ) =>
        (this.writer, this.confirm, this.check, this.maker, this.mail) = (
            writer,
            confirm,
            check,
            maker,
            mail
        );

    /// <summary>
    /// Says what to ask the viewer's browser for. Refused when the password is wrong, or the code where sign-ins ask for one: a passkey is
    /// as much as both; and when the viewer has enough of them.
    /// </summary>
    /// <param name="viewer">Whose account.</param>
    /// <param name="password">Their password. Whoever calls this counts wrong ones and wrong codes, as at a sign-in.</param>
    /// <param name="code">A code of their app or a recovery code, where sign-ins ask for one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AskedPasskey>> BeginAsync(
        Viewer viewer,
        string? password,
        string? code,
        CancellationToken cancellationToken
    )
    {
        if (!maker.IsOpen)
        {
            return Off;
        }
        if (
            (await confirm.RunAsync(viewer, "password", password ?? "", cancellationToken)).IsRefused(
                out var error
            )
        )
        {
            return error;
        }
        return await writer.RunAsync<AskedPasskey>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                var theirs = await write.ListAsync(
                    new Statement(
                        $"SELECT {PasskeySql.Kept} FROM passkey p WHERE p.user_id = @id ORDER BY p.id LIMIT {Most}",
                        ("id", viewer.Id)
                    ),
                    PasskeySql.ReadKept
                );
                if (theirs.Count >= Most)
                {
                    return NoMore;
                }
                if (
                    await SetUpSecondFactor.RefusalOfAsync(write, viewer.Id) is null
                    && !await check.UseAsync(write, viewer.Id, code, viewer.Network, viewer.Language)
                )
                {
                    return CheckSecondFactor.WrongCode;
                }
                return await maker.BeginAsync(viewer, theirs, cancellationToken);
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Keeps what the browser made. Refused when that is not what it was asked for, or is too late, when the passkey was added before, and
    /// when the viewer has enough of them.
    /// </summary>
    /// <param name="viewer">Whose account.</param>
    /// <param name="state">As of <see cref="AskedPasskey"/>.</param>
    /// <param name="credential">The browser's answer, as JSON.</param>
    /// <param name="name">What the viewer calls it: 1 to <see cref="MaxNameLength"/> characters, in one line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PasskeyView>> RunAsync(
        Viewer viewer,
        string? state,
        string credential,
        string? name,
        CancellationToken cancellationToken
    )
    {
        var called = NameOf(name);
        if (called.IsRefused(out var error))
        {
            return error;
        }
        if (await maker.ReadAsync(viewer, state, credential, cancellationToken) is not { } made)
        {
            return Wrong;
        }
        return await writer.RunAsync<PasskeyView>(
            viewer,
            async write =>
            {
                // Of two at once the later counts the earlier.
                write.LockUser(viewer.Id);
                if (await PasskeySql.CountAsync(write, viewer.Id) >= Most)
                {
                    return NoMore;
                }
                if (!await PasskeySql.TakeAsync(write, made.Used))
                {
                    return Wrong;
                }
                var added = new PasskeyView(write.NewId(), called.Value, write.Now, LastUsedAt: null);
                var isNew = await write.FirstAsync(
                    new Statement(
                        """
                        INSERT INTO passkey (id, user_id, credential_id, user_handle, public_key, sign_count, backup_eligible, transports, name, created_at)
                        VALUES (@id, @user_id, @credential_id, @user_handle, @public_key, @sign_count, @backup_eligible, @transports, @name, @now)
                        ON CONFLICT (credential_id) DO NOTHING RETURNING 1
                        """,
                        ("id", added.Id),
                        ("user_id", viewer.Id),
                        ("credential_id", made.Passkey.CredentialId),
                        ("user_handle", made.Passkey.UserHandle),
                        ("public_key", made.Passkey.PublicKey),
                        ("sign_count", made.Used.SignCount),
                        ("backup_eligible", made.Passkey.IsBackupEligible),
                        ("transports", made.Passkey.Transports),
                        ("name", added.Name),
                        ("now", write.Now)
                    ),
                    _ => true
                );
                if (!isNew)
                {
                    return Taken;
                }
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.PasskeyAdded, viewer.Id));
                mail.Leave(write, MailSubject.PasskeyAdded, viewer.Id, viewer.Language);
                return added;
            },
            cancellationToken
        );
    }

    /// <summary>A passkey's name in the form it is kept in.</summary>
    internal static Result<string> NameOf(string? name) => OneLine.Normalize("name", name, 1, MaxNameLength);
}
