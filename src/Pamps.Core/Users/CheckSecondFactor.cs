using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Checks codes of second factors, each of which is good once.</summary>
public sealed class CheckSecondFactor
{
    /// <summary>The most characters of a code that is looked at.</summary>
    private const int MostTyped = 100;

    /// <summary>It is not right, or was used before.</summary>
    internal static readonly Error WrongCode = Error.Invalid(
        "code",
        "wrong_code",
        "The code is not right, or was used before."
    );

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly SecondFactorSecrets secrets;
    private readonly ISecondFactorCodes codes;
    private readonly MailQueue mail;

    internal CheckSecondFactor(
        Writer writer,
        Sql sql,
        SecondFactorSecrets secrets,
        ISecondFactorCodes codes,
        MailQueue mail
    ) => (this.writer, this.sql, this.secrets, this.codes, this.mail) = (writer, sql, secrets, codes, mail);

    /// <summary>Whether an account asks for a code at a sign-in.</summary>
    public Task<bool> IsAskedAsync(long userId, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            $"SELECT 1 FROM {SecondFactorSql.InForce} AND s.user_id = @id",
            _ => true,
            cancellationToken,
            ("id", userId)
        );

    /// <summary>Uses a code up for somebody who signs in; refused when it is wrong or was used before.</summary>
    /// <param name="userId">Whose account; the password has been checked.</param>
    /// <param name="code">A code of the app or a recovery code, as it was typed. Whoever calls this counts wrong ones.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="language">The language of the mail about a recovery code, as <see cref="Viewer.Language"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> RunAsync(
        long userId,
        string code,
        string? network,
        string? language,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write => await UseAsync(write, userId, code, network, language) ? new Done() : WrongCode,
            cancellationToken
        );

    /// <summary>Uses a code up in an operation; false when it is wrong or was used before, or the account has no second factor.</summary>
    internal async Task<bool> UseAsync(
        Write write,
        long userId,
        string? code,
        string? network,
        string? language
    )
    {
        if (code is not { Length: > 0 and <= MostTyped })
        {
            return false;
        }
        if (codes.HashOf(userId, code) is { } hash)
        {
            return await UseRecoveryAsync(write, userId, hash, network, language);
        }
        var sealedSecret = await write.FirstAsync(
            new Statement(
                $"SELECT s.secret FROM {SecondFactorSql.InForce} AND s.user_id = @id",
                ("id", userId)
            ),
            row => row.GetString(0)
        );
        if (
            sealedSecret is null
            || secrets.Open(userId, sealedSecret) is not { } secret
            || codes.StepOf(secret, code, write.Now) is not { } step
        )
        {
            return false;
        }
        // The condition lets one of two with the same code win, and none with an older one (RFC 6238, 5.2).
        return await write.FirstAsync(
            new Statement(
                """
                UPDATE second_factor SET last_step = @step
                WHERE user_id = @id AND secret = @secret AND last_step < @step RETURNING 1
                """,
                ("step", step),
                ("id", userId),
                ("secret", sealedSecret)
            ),
            _ => true
        );
    }

    private async Task<bool> UseRecoveryAsync(
        Write write,
        long userId,
        string hash,
        string? network,
        string? language
    )
    {
        var isUsed = await write.FirstAsync(
            new Statement(
                "DELETE FROM recovery_code WHERE user_id = @id AND hash = @hash RETURNING 1",
                ("id", userId),
                ("hash", hash)
            ),
            _ => true
        );
        if (isUsed)
        {
            write.Audit(new SecurityEvent(SecurityEventKinds.RecoveryCodeUsed, userId, userId, network));
            mail.Leave(write, MailSubject.RecoveryCodeUsed, userId, language);
        }
        return isUsed;
    }
}
