using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Mail;

namespace Pamps.Mail;

/// <summary>Registers who sends mail.</summary>
public static class MailServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="server">The mail server; null where no mail is sent, and nobody asks for it.</param>
    public static IServiceCollection AddPampsMail(this IServiceCollection services, MailServer? server) =>
        services.AddSingleton<IMailer>(x => new SmtpMailer(
            server,
            x.GetRequiredService<PampsOptions>(),
            x.GetRequiredService<TimeProvider>()
        ));
}
