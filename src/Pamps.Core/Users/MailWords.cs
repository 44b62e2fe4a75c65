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
    string EmailSubject,
    string Email,
    string EmailEnd,
    string ChangedEnd,
    string PasskeysToo,
    string PasskeyEnd,
    IReadOnlyDictionary<MailSubject, (string Subject, string Text)> Notices
)
{
    private static readonly MailWords English = new(
        "en",
        Hello: "Hello @{0},",
        ForgottenSubject: "A new password at {1}",
        Forgotten: "somebody, most likely you, asked for a new password for your account at {1} ({2}). Choose it here:",
        ForgottenEnd: "The link is good for an hour and works once. If you did not ask for it, there is nothing to do: your password stays as it is, and nobody else has this link.",
        EmailSubject: "Your e-mail address at {1}",
        Email: "somebody, most likely you, says that this is the e-mail address of your account at {1} ({2}). Confirm it here:",
        EmailEnd: "The link is good for a day and works once. If it was not you, there is nothing to do.",
        ChangedEnd: "If that was not you, choose another password at once:",
        PasskeysToo: "Another password leaves passkeys as they are: if there are some in the settings that are not yours, remove them as well.",
        PasskeyEnd: "If that was not you, remove in the settings every passkey that is not yours, and then choose another password, which alone leaves passkeys as they are:",
        Notices: new Dictionary<MailSubject, (string, string)>
        {
            [MailSubject.PasswordChanged] = (
                "Your password at {1} was changed",
                "the password of your account at {1} ({2}) was changed on {3:yyyy-MM-dd} at {3:HH:mm} UTC."
            ),
            [MailSubject.EmailChanged] = (
                "Your e-mail address at {1} was changed",
                "the e-mail address of your account at {1} ({2}) was changed on {3:yyyy-MM-dd} at {3:HH:mm} UTC. The old and the new one are told; if you lost your account by this, ask whoever runs the site."
            ),
            [MailSubject.SecondFactorSet] = (
                "Signing in at {1} now takes a code",
                "a second factor was set up for your account at {1} ({2}) on {3:yyyy-MM-dd} at {3:HH:mm} UTC: from now on, signing in takes a code of your authenticator app. Keep the recovery codes where you find them without your phone."
            ),
            [MailSubject.SecondFactorRemoved] = (
                "Signing in at {1} no longer takes a code",
                "the second factor of your account at {1} ({2}) was removed on {3:yyyy-MM-dd} at {3:HH:mm} UTC: from now on, the password is enough."
            ),
            [MailSubject.RecoveryCodesMade] = (
                "New recovery codes at {1}",
                "new recovery codes were made for your account at {1} ({2}) on {3:yyyy-MM-dd} at {3:HH:mm} UTC. The old ones are good no more."
            ),
            [MailSubject.RecoveryCodeUsed] = (
                "A recovery code was used at {1}",
                "a recovery code of your account at {1} ({2}) was used on {3:yyyy-MM-dd} at {3:HH:mm} UTC. It is good no more."
            ),
            [MailSubject.NewLogin] = (
                "A new sign-in at {1}",
                "somebody signed in to your account at {1} ({2}) on {3:yyyy-MM-dd} at {3:HH:mm} UTC{4}, from a network or with a program that it was not used with in the last 90 days. If it was you, there is nothing to do; the settings list all logins."
            ),
            [MailSubject.PasskeyAdded] = (
                "A passkey was added at {1}",
                "a passkey was added to your account at {1} ({2}) on {3:yyyy-MM-dd} at {3:HH:mm} UTC: it signs in to it without a password. See your passkeys in the settings, and remove what is not yours."
            ),
            [MailSubject.PasskeyRemoved] = (
                "A passkey was removed at {1}",
                "a passkey of your account at {1} ({2}) was removed on {3:yyyy-MM-dd} at {3:HH:mm} UTC. It signs in no more."
            ),
            [MailSubject.RegistrationApproved] = (
                "Welcome to {1}",
                "your registration at {1} ({2}) was approved. Sign in here:"
            ),
            [MailSubject.RegistrationRefused] = (
                "Your registration at {1}",
                "your registration at {1} ({2}) was not approved, and what you gave with it was deleted."
            ),
            [MailSubject.ArchiveReady] = (
                "Your data at {1} can be downloaded",
                "the archive of your account at {1} ({2}) that was asked for is made. It can be downloaded in the settings for some days, with your password. If you did not ask for it, choose another password."
            ),
        }
    );

    private static readonly MailWords Portuguese = new(
        "pt-BR",
        Hello: "Olá, @{0}!",
        ForgottenSubject: "Uma nova senha em {1}",
        Forgotten: "Alguém, provavelmente você, pediu uma nova senha para sua conta em {1} ({2}). Escolha-a aqui:",
        ForgottenEnd: "O link vale por uma hora e funciona uma vez. Se não foi você que pediu, não é preciso fazer nada: sua senha continua a mesma, e mais ninguém tem este link.",
        EmailSubject: "Seu endereço de e-mail em {1}",
        Email: "Alguém, provavelmente você, disse que este é o endereço de e-mail da sua conta em {1} ({2}). Confirme-o aqui:",
        EmailEnd: "O link vale por um dia e funciona uma vez. Se não foi você, não é preciso fazer nada.",
        ChangedEnd: "Se não foi você, escolha outra senha agora mesmo:",
        PasskeysToo: "Outra senha não mexe nas chaves de acesso: se nas configurações houver alguma que não seja sua, remova-a também.",
        PasskeyEnd: "Se não foi você, remova nas configurações todas as chaves de acesso que não forem suas e depois escolha outra senha, que sozinha não mexe nas chaves de acesso:",
        Notices: new Dictionary<MailSubject, (string, string)>
        {
            [MailSubject.PasswordChanged] = (
                "Sua senha em {1} foi trocada",
                "A senha da sua conta em {1} ({2}) foi trocada em {3:dd/MM/yyyy} às {3:HH:mm} UTC."
            ),
            [MailSubject.EmailChanged] = (
                "Seu endereço de e-mail em {1} foi trocado",
                "O endereço de e-mail da sua conta em {1} ({2}) foi trocado em {3:dd/MM/yyyy} às {3:HH:mm} UTC. O antigo e o novo são avisados; se você perdeu a conta com isso, fale com quem administra o site."
            ),
            [MailSubject.SecondFactorSet] = (
                "Entrar em {1} agora pede um código",
                "A verificação em duas etapas da sua conta em {1} ({2}) foi ativada em {3:dd/MM/yyyy} às {3:HH:mm} UTC: a partir de agora, entrar pede um código do seu aplicativo autenticador. Guarde os códigos de recuperação onde você os encontre sem o celular."
            ),
            [MailSubject.SecondFactorRemoved] = (
                "Entrar em {1} não pede mais um código",
                "A verificação em duas etapas da sua conta em {1} ({2}) foi desativada em {3:dd/MM/yyyy} às {3:HH:mm} UTC: a partir de agora, a senha basta."
            ),
            [MailSubject.RecoveryCodesMade] = (
                "Novos códigos de recuperação em {1}",
                "Novos códigos de recuperação da sua conta em {1} ({2}) foram gerados em {3:dd/MM/yyyy} às {3:HH:mm} UTC. Os antigos não valem mais."
            ),
            [MailSubject.RecoveryCodeUsed] = (
                "Um código de recuperação foi usado em {1}",
                "Um código de recuperação da sua conta em {1} ({2}) foi usado em {3:dd/MM/yyyy} às {3:HH:mm} UTC. Ele não vale mais."
            ),
            [MailSubject.NewLogin] = (
                "Um novo acesso em {1}",
                "Alguém entrou na sua conta em {1} ({2}) em {3:dd/MM/yyyy} às {3:HH:mm} UTC{4}, de uma rede ou com um programa que ela não usou nos últimos 90 dias. Se foi você, não é preciso fazer nada; as configurações mostram todos os acessos."
            ),
            [MailSubject.PasskeyAdded] = (
                "Uma chave de acesso foi adicionada em {1}",
                "Uma chave de acesso (passkey) foi adicionada à sua conta em {1} ({2}) em {3:dd/MM/yyyy} às {3:HH:mm} UTC: com ela, entra-se sem senha. Veja suas chaves de acesso nas configurações e remova as que não forem suas."
            ),
            [MailSubject.PasskeyRemoved] = (
                "Uma chave de acesso foi removida em {1}",
                "Uma chave de acesso (passkey) da sua conta em {1} ({2}) foi removida em {3:dd/MM/yyyy} às {3:HH:mm} UTC. Ela não abre mais a conta."
            ),
            [MailSubject.RegistrationApproved] = (
                "Boas-vindas a {1}",
                "Seu cadastro em {1} ({2}) foi aprovado. Entre aqui:"
            ),
            [MailSubject.RegistrationRefused] = (
                "Seu cadastro em {1}",
                "Seu cadastro em {1} ({2}) não foi aprovado, e o que você informou nele foi apagado."
            ),
            [MailSubject.ArchiveReady] = (
                "Seus dados em {1} podem ser baixados",
                "O arquivo da sua conta em {1} ({2}) que foi pedido está pronto. Ele pode ser baixado nas configurações por alguns dias, com a sua senha. Se não foi você que pediu, escolha outra senha."
            ),
        }
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

    public OutgoingMail EmailAsked(long id, string to, string username, string link, SiteOptions site) =>
        MailTexts.Write(
            id,
            to,
            Language,
            Fill(EmailSubject, username, site),
            [Fill(Hello, username, site), Fill(Email, username, site), link, Fill(EmailEnd, username, site)]
        );

    /// <summary>Tells of what was done to an account, and what to do where that was somebody else.</summary>
    public OutgoingMail Notice(
        MailSubject about,
        long id,
        string to,
        string username,
        DateTime at,
        string? detail,
        SiteOptions site
    ) =>
        Write(
            about,
            id,
            to,
            x => Fill(x, username, site, at, detail),
            about switch
            {
                MailSubject.PasskeyAdded or MailSubject.PasskeyRemoved =>
                [
                    Fill(PasskeyEnd, username, site),
                    $"{site.Origin}/settings",
                ],
                MailSubject.NewLogin or MailSubject.PasswordChanged =>
                [
                    Fill(ChangedEnd, username, site),
                    $"{site.Origin}/forgot-password",
                    Fill(PasskeysToo, username, site),
                ],
                _ => [Fill(ChangedEnd, username, site), $"{site.Origin}/forgot-password"],
            }
        );

    /// <summary>Tells of what is no danger to an account, with a link into the site or none.</summary>
    public OutgoingMail Tell(
        MailSubject about,
        long id,
        string to,
        string username,
        string? path,
        SiteOptions site
    ) => Write(about, id, to, x => Fill(x, username, site), path is null ? [] : [site.Origin + path]);

    private OutgoingMail Write(
        MailSubject about,
        long id,
        string to,
        Func<string, string> fill,
        IReadOnlyList<string> end
    ) =>
        MailTexts.Write(
            id,
            to,
            Language,
            fill(Notices[about].Subject),
            [fill(Hello), fill(Notices[about].Text), .. end]
        );

    private static string Fill(
        string words,
        string username,
        SiteOptions site,
        DateTime at = default,
        string? detail = null
    ) =>
        string.Format(
            CultureInfo.InvariantCulture,
            words,
            username,
            site.Name,
            site.Origin,
            at,
            detail is null ? "" : $" ({detail})"
        );
}
