using System.Text.Json;
using Pamps.Core.Audit;
using Pamps.Core.Jobs;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Finds the account of who has forgotten their password, and leaves a mail to it. Nobody waits for that: who has no account here, or
/// has been sent enough links for now, is not told so.
/// </summary>
internal sealed class FindForgotten(Logins logins, Writer writer, Quotas quotas, MailQueue mail) : IJobHandler
{
    public const string Name = "password-forgotten";

    public string Kind => Name;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize(run.Payload!, MailJson.Default.ForgottenName)!;
        if (await logins.FindAccountAsync(asked.Name, ct) is not { Active: true } account)
        {
            return;
        }
        await writer.RunAsync<Done>(
            viewer: null,
            quotas.OfPasswordResetsOf(account.Id),
            key: null,
            async write =>
            {
                await write.GuardAsync();
                if (write.Exceeded is { } tooMany)
                {
                    return tooMany;
                }
                mail.Leave(write, MailSubject.PasswordForgotten, account.Id, asked.Language);
                write.Audit(
                    new SecurityEvent(
                        SecurityEventKinds.ResetLinkMade,
                        account.Id,
                        ActorId: null,
                        asked.Network
                    )
                );
                return new Done();
            },
            ct
        );
    }
}
