using System.Text.Json.Serialization;

namespace Pamps.Core.Mail;

/// <summary>A mail that is to be written, as a job keeps it: whom it is for and what about, and nothing that is secret.</summary>
/// <param name="About">Of which kind it is.</param>
/// <param name="UserId">Whom it is for.</param>
/// <param name="Language">In which language; English where there are no words in it.</param>
/// <param name="At">When what it tells of happened, UTC.</param>
/// <param name="Address">Where it goes; null for the address that the account has when it is sent.</param>
/// <param name="Standing">How the account stood when it was asked for, so that it is sent only as long as that is so; null where that does not matter.</param>
/// <param name="Name">The name of whom it is for, where the account is gone when it is sent; else null.</param>
/// <param name="Detail">What else there is to say, in words of the program's; or null.</param>
internal sealed record MailOrder(
    MailSubject About,
    long UserId,
    string? Language,
    DateTime At,
    string? Address = null,
    string? Standing = null,
    string? Name = null,
    string? Detail = null
);

/// <summary>What a mail is about. The numbers are kept in the database.</summary>
internal enum MailSubject
{
    /// <summary>Somebody asked for a link for a new password.</summary>
    PasswordForgotten = 1,

    /// <summary>The password was changed.</summary>
    PasswordChanged = 2,

    /// <summary>A second factor was set up.</summary>
    SecondFactorSet = 3,

    /// <summary>The second factor was removed.</summary>
    SecondFactorRemoved = 4,

    /// <summary>New recovery codes were made.</summary>
    RecoveryCodesMade = 5,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUsed = 6,

    /// <summary>Somebody asked for a link to confirm an address, or to change theirs to it.</summary>
    EmailAsked = 7,

    /// <summary>The address was changed; the old one and the new one are told.</summary>
    EmailChanged = 8,

    /// <summary>A moderator approved who had registered.</summary>
    RegistrationApproved = 9,

    /// <summary>A moderator refused who had registered, whose account is gone.</summary>
    RegistrationRefused = 10,

    /// <summary>Somebody signed in from a network, or with a program, that the account was not used with lately.</summary>
    NewLogin = 11,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded = 12,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved = 13,

    /// <summary>The archive of the account that somebody asked for was made.</summary>
    ArchiveReady = 14,
}

/// <summary>What jobs about mail keep, with code generated to read and write it.</summary>
[JsonSerializable(typeof(MailOrder))]
[JsonSerializable(typeof(ForgottenName))]
internal sealed partial class MailJson : JsonSerializerContext;

/// <summary>Who says to have forgotten a password.</summary>
/// <param name="Name">The user name or e-mail address that was typed.</param>
/// <param name="Language">In which language they are to be answered.</param>
/// <param name="Network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
/// <param name="At">When, UTC.</param>
internal sealed record ForgottenName(string Name, string? Language, string? Network, DateTime At);
