using System.Globalization;
using Pamps.Core.Mail;

namespace Pamps.Core.Users;

/// <summary>What mails say, in each of the client's languages. A person is named first, so that a stranger's mail can be told.</summary>
internal sealed record MailWords(
    string Language,
    string Hello,
    string ForgottenSubject,
    string Forgotten,
    string ForgottenEnd,
    string ChangedSubject,
    string Changed,
    string ChangedEnd
)
{
    private static readonly MailWords English = new(
        "en",
        Hello: "Hello @{0},",
        ForgottenSubject: "A new password at {1}",
        Forgotten: "somebody, most likely you, asked for a new password for your account at {1} ({2}). Choose it here:",
        ForgottenEnd: "The link is good for an hour and works once. If you did not ask for it, there is nothing to do: your password stays as it is, and nobody else has this link.",
        ChangedSubject: "Your password at {1} was changed",
        Changed: "the password of your account at {1} ({2}) was changed on {3:yyyy-MM-dd} at {3:HH:mm} UTC.",
        ChangedEnd: "If that was not you, choose another one at once:"
    );

    private static readonly MailWords Portuguese = new(
        "pt-BR",
        Hello: "Olá, @{0}!",
        ForgottenSubject: "Uma nova senha em {1}",
        Forgotten: "Alguém, provavelmente você, pediu uma nova senha para sua conta em {1} ({2}). Escolha-a aqui:",
        ForgottenEnd: "O link vale por uma hora e funciona uma vez. Se não foi você que pediu, não é preciso fazer nada: sua senha continua a mesma, e mais ninguém tem este link.",
        ChangedSubject: "Sua senha em {1} foi trocada",
        Changed: "A senha da sua conta em {1} ({2}) foi trocada em {3:dd/MM/yyyy} às {3:HH:mm} UTC.",
        ChangedEnd: "Se não foi você, escolha outra agora mesmo:"
    );

    /// <summary>The words of a language; English where there are none of it.</summary>
    public static MailWords In(string? language) => language == Portuguese.Language ? Portuguese : English;

    public OutgoingMail PasswordForgotten(long id, string to, ResetToken token, SiteOptions site) =>
        MailTexts.Write(
            id,
            to,
            Language,
            Fill(ForgottenSubject, token.Username, site),
            [
                Fill(Hello, token.Username, site),
                Fill(Forgotten, token.Username, site),
                token.LinkAt(site.Origin!),
                Fill(ForgottenEnd, token.Username, site),
            ]
        );

    public OutgoingMail PasswordChanged(long id, string to, string username, DateTime at, SiteOptions site) =>
        MailTexts.Write(
            id,
            to,
            Language,
            Fill(ChangedSubject, username, site, at),
            [
                Fill(Hello, username, site, at),
                Fill(Changed, username, site, at),
                Fill(ChangedEnd, username, site, at),
                $"{site.Origin}/forgot-password",
            ]
        );

    private static string Fill(string words, string username, SiteOptions site, DateTime at = default) =>
        string.Format(CultureInfo.InvariantCulture, words, username, site.Name, site.Origin, at);
}
