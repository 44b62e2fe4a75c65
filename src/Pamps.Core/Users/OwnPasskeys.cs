using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Lets a user see their passkeys, name them and remove them. Others' are none of the viewer's business, so they are not found.</summary>
public sealed class OwnPasskeys
{
    private static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "passkey_not_found",
        "Passkey not found"
    );

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly ConfirmPassword confirm;
    private readonly MailQueue mail;

    internal OwnPasskeys(Writer writer, Sql sql, ConfirmPassword confirm, MailQueue mail) =>
        (this.writer, this.sql, this.confirm, this.mail) = (writer, sql, confirm, mail);

    /// <summary>All of the viewer's passkeys, newest first.</summary>
    public Task<List<PasskeyView>> ListAsync(Viewer viewer, CancellationToken cancellationToken) =>
        sql.ListAsync(
            $"SELECT {PasskeySql.View} FROM passkey p WHERE p.user_id = @id ORDER BY p.id DESC LIMIT {AddPasskey.Most}",
            PasskeySql.ReadView,
            cancellationToken,
            ("id", viewer.Id)
        );

    /// <summary>Names one anew. Refused when the viewer has no such passkey, or the name is not one.</summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="name">As for <see cref="AddPasskey.RunAsync"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PasskeyView>> RenameAsync(
        Viewer viewer,
        long id,
        string? name,
        CancellationToken cancellationToken
    )
    {
        var called = AddPasskey.NameOf(name);
        return called.IsRefused(out var error)
            ? error
            : await writer.RunAsync<PasskeyView>(
                viewer,
                async write =>
                    await write.FirstAsync(
                        new Statement(
                            $"UPDATE passkey SET name = @name WHERE id = @id AND user_id = @user_id RETURNING {PasskeySql.View}",
                            ("name", called.Value),
                            ("id", id),
                            ("user_id", viewer.Id)
                        ),
                        PasskeySql.ReadView
                    )
                        is { } renamed
                        ? renamed
                        : NotFound,
                cancellationToken
            );
    }

    /// <summary>Removes one: it opens the account no more. Refused when the password is wrong, and when the viewer has no such passkey.</summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="password">Their password. Whoever calls this counts wrong ones, as at a sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RemoveAsync(
        Viewer viewer,
        long id,
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
        return await writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var isRemoved = await write.FirstAsync(
                    new Statement(
                        "DELETE FROM passkey WHERE id = @id AND user_id = @user_id RETURNING 1",
                        ("id", id),
                        ("user_id", viewer.Id)
                    ),
                    _ => true
                );
                if (!isRemoved)
                {
                    return NotFound;
                }
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.PasskeyRemoved, viewer.Id));
                mail.Leave(write, MailSubject.PasskeyRemoved, viewer.Id, viewer.Language);
                return new Done();
            },
            cancellationToken
        );
    }
}
