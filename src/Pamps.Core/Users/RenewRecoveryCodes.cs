using Pamps.Core.Audit;
using Pamps.Core.Mail;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Gives the viewer new recovery codes.</summary>
public sealed class RenewRecoveryCodes
{
    private readonly Writer writer;
    private readonly ConfirmPassword confirm;
    private readonly CheckSecondFactor check;
    private readonly ISecondFactorCodes codes;
    private readonly MailQueue mail;

    internal RenewRecoveryCodes(
        Writer writer,
        ConfirmPassword confirm,
        CheckSecondFactor check,
        ISecondFactorCodes codes,
        MailQueue mail
    ) =>
        (this.writer, this.confirm, this.check, this.codes, this.mail) = (
            writer,
            confirm,
            check,
            codes,
            mail
        );

    /// <summary>
    /// Answers with new codes; the old ones are good no more. Refused when the password or the code is wrong, and when the viewer has no
    /// second factor.
    /// </summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="password">Their password. Whoever calls this counts wrong ones and wrong codes, as at a sign-in.</param>
    /// <param name="code">A code of the app, or one of the old recovery codes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<NewRecoveryCodes>> RunAsync(
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
        return await writer.RunAsync<NewRecoveryCodes>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                if (await SetUpSecondFactor.RefusalOfAsync(write, viewer.Id) is { } refusal)
                {
                    return refusal;
                }
                if (!await check.UseAsync(write, viewer.Id, code, viewer.Network, viewer.Language))
                {
                    return CheckSecondFactor.WrongCode;
                }
                var made = codes.NewRecoveryCodes();
                write.Then(
                    SecondFactorSql.RenewCodes(
                        write,
                        viewer.Id,
                        made.Select(x => codes.HashOf(viewer.Id, x)!)
                    )
                );
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.RecoveryCodesMade, viewer.Id));
                mail.Leave(write, MailSubject.RecoveryCodesMade, viewer.Id, viewer.Language);
                return new NewRecoveryCodes(made);
            },
            cancellationToken
        );
    }
}
