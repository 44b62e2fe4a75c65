using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pamps.Core.Jobs;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Has a link for a new password sent to the address of an account.</summary>
public sealed class ForgotPassword
{
    private static readonly Error NoMail = new(
        ErrorKind.Conflict,
        "no_mail",
        "This site sends no mail; whoever runs it can give you a link for a new password"
    );

    private readonly Writer writer;
    private readonly Quotas quotas;
    private readonly MailQueue mail;

    internal ForgotPassword(Writer writer, Quotas quotas, MailQueue mail) =>
        (this.writer, this.quotas, this.mail) = (writer, quotas, mail);

    /// <summary>
    /// Leaves it to a job to find the account, so that neither the answer nor its time tells whether there is one. Refused where no
    /// mail is sent, when nothing was typed, or when enough was asked for from there for now.
    /// </summary>
    /// <param name="usernameOrEmail">Whose, at most 254 characters; case does not matter.</param>
    /// <param name="language">The language of the mail, such as <c>pt-BR</c>; English where there are no words in it.</param>
    /// <param name="network">Where it comes from, as for <see cref="CreateUser"/>.</param>
    /// <param name="origin">Where it comes from, for the security log: as <see cref="Viewer.Network"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunAsync(
        string? usernameOrEmail,
        string? language,
        long? network,
        string? origin,
        CancellationToken cancellationToken
    )
    {
        if (!mail.IsOpen)
        {
            return NoMail;
        }
        var name = usernameOrEmail?.Trim() ?? "";
        if (name.Length == 0)
        {
            return Error.Invalid("username", "required", "A user name or an e-mail address is needed.");
        }
        if (name.Length > Names.MaxEmailLength)
        {
            return Error.Invalid(
                "username",
                "too_long",
                $"A user name or an e-mail address has at most {Names.MaxEmailLength} characters.",
                most: Names.MaxEmailLength
            );
        }
        return await writer.RunAsync<Done>(
            viewer: null,
            quotas.OfPasswordResetsFrom(network),
            key: null,
            async write =>
            {
                await write.GuardAsync();
                if (write.Exceeded is { } tooMany)
                {
                    return tooMany;
                }
                write.Enqueue(
                    new Job(
                        FindForgotten.Name,
                        // Asked for again while it waits it is one and the same.
                        Key: Convert.ToHexStringLower(
                            SHA256.HashData(Encoding.UTF8.GetBytes(Names.Key(name)))
                        ),
                        Payload: JsonSerializer.Serialize(
                            new ForgottenName(name, language, origin, write.Now),
                            MailJson.Default.ForgottenName
                        )
                    )
                );
                return new Done();
            },
            cancellationToken
        );
    }
}
