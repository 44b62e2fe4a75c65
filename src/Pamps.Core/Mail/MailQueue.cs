using System.Text.Json;
using Pamps.Core.Jobs;
using Pamps.Core.Writes;

namespace Pamps.Core.Mail;

/// <summary>Leaves mails to be sent after the commit.</summary>
internal sealed class MailQueue(PampsOptions options)
{
    /// <summary>The kind of the jobs that send them.</summary>
    public const string Kind = "mail";

    /// <summary>Whether mail is sent.</summary>
    public bool IsOpen => options.Mail.IsSet;

    /// <summary>Leaves one with the commit; where no mail is sent, nothing.</summary>
    public void Leave(
        Write write,
        MailSubject about,
        long userId,
        string? language,
        string? address = null,
        string? standing = null,
        string? name = null,
        string? detail = null
    )
    {
        if (IsOpen)
        {
            var order = new MailOrder(about, userId, language, write.Now, address, standing, name, detail);
            write.Enqueue(
                new Job(Kind, Payload: JsonSerializer.Serialize(order, MailJson.Default.MailOrder))
            );
        }
    }
}
