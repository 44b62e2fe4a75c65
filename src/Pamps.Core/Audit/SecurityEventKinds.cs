namespace Pamps.Core.Audit;

/// <summary>What the security log keeps. The words stand in the database and in the log's lines.</summary>
public static class SecurityEventKinds
{
    /// <summary>The category of the log's lines.</summary>
    public const string Category = "Pamps.Security";

    /// <summary>Somebody signed in.</summary>
    public const string SignIn = "sign_in";

    /// <summary>A password or a code was wrong, at a sign-in or where somebody signed in is asked for it.</summary>
    public const string SignInFailed = "sign_in_failed";

    /// <summary>Somebody signed out.</summary>
    public const string SignOut = "sign_out";

    /// <summary>Somebody ended another of their logins.</summary>
    public const string LoginEnded = "login_ended";

    /// <summary>A refresh token was shown that had been exchanged before, and its login was ended.</summary>
    public const string TokenReused = "token_reused";

    /// <summary>Somebody let a program in; the detail is its id.</summary>
    public const string ApplicationAllowed = "application_allowed";

    /// <summary>A program showed a code that had been exchanged before, and its token was ended; the detail is its id.</summary>
    public const string CodeReused = "code_reused";

    /// <summary>Somebody changed their password.</summary>
    public const string PasswordChanged = "password_changed";

    /// <summary>Somebody was given a new password, or set one with a link; the detail says so then.</summary>
    public const string PasswordReset = "password_reset";

    /// <summary>A link was made with which somebody gives their account a new password.</summary>
    public const string ResetLinkMade = "reset_link_made";

    /// <summary>Somebody showed that the e-mail address of their account is theirs.</summary>
    public const string EmailConfirmed = "email_confirmed";

    /// <summary>Somebody changed the e-mail address of their account.</summary>
    public const string EmailChanged = "email_changed";

    /// <summary>Somebody set up a second factor.</summary>
    public const string SecondFactorSet = "second_factor_set";

    /// <summary>A second factor was removed, by its owner or by the operator.</summary>
    public const string SecondFactorRemoved = "second_factor_removed";

    /// <summary>Somebody made new recovery codes.</summary>
    public const string RecoveryCodesMade = "recovery_codes_made";

    /// <summary>Somebody used a recovery code.</summary>
    public const string RecoveryCodeUsed = "recovery_code_used";

    /// <summary>Somebody added a passkey.</summary>
    public const string PasskeyAdded = "passkey_added";

    /// <summary>A passkey was removed, by its owner or, with all others and the second factor, by the operator.</summary>
    public const string PasskeyRemoved = "passkey_removed";

    /// <summary>A passkey was right, and its counter had not gone on: there may be a copy. Nobody was signed in.</summary>
    public const string PasskeyRefused = "passkey_refused";

    /// <summary>Somebody was made a superuser, or an ordinary user again; the detail says which.</summary>
    public const string RoleChanged = "role_changed";

    /// <summary>An account was closed.</summary>
    public const string AccountSuspended = "account_suspended";

    /// <summary>An account that was closed was opened again.</summary>
    public const string AccountRestored = "account_restored";

    /// <summary>An account was made; the detail says so when it is a superuser's.</summary>
    public const string AccountCreated = "account_created";

    /// <summary>A moderator approved who had registered.</summary>
    public const string RegistrationApproved = "registration_approved";

    /// <summary>A moderator refused who had registered.</summary>
    public const string RegistrationRefused = "registration_refused";

    /// <summary>Somebody made an invitation; the detail is its id.</summary>
    public const string InvitationMade = "invitation_made";

    /// <summary>Somebody asked for the archive of their account.</summary>
    public const string ArchiveAsked = "archive_asked";

    /// <summary>An account was deleted.</summary>
    public const string AccountDeleted = "account_deleted";

    /// <summary>A moderator closed a report; the detail is its id, and how.</summary>
    public const string ReportClosed = "report_closed";

    /// <summary>A moderator warned somebody.</summary>
    public const string AccountWarned = "account_warned";

    /// <summary>A moderator silenced somebody: strangers find them no more.</summary>
    public const string AccountSilenced = "account_silenced";

    /// <summary>A moderator ended that.</summary>
    public const string AccountUnsilenced = "account_unsilenced";

    /// <summary>A moderator kept a note about somebody.</summary>
    public const string AccountNoted = "account_noted";

    /// <summary>A moderator looked for other accounts from the networks of somebody.</summary>
    public const string AccountsCompared = "accounts_compared";

    /// <summary>Somebody appealed against what a moderator did to them; the detail is its id.</summary>
    public const string AppealMade = "appeal_made";

    /// <summary>A moderator decided on an appeal; the detail is its id, and how.</summary>
    public const string AppealClosed = "appeal_closed";

    /// <summary>A superuser or moderator deleted somebody else's post; the detail is its id.</summary>
    public const string PostRemoved = "post_removed";

    /// <summary>A moderator covered what somebody's post shows; the detail is its id.</summary>
    public const string PostCovered = "post_covered";

    /// <summary>A moderator ended that.</summary>
    public const string PostUncovered = "post_uncovered";

    /// <summary>An admin wrote, or took away, a text of the site; the detail says which, in which language.</summary>
    public const string SiteTextChanged = "site_text_changed";

    /// <summary>The server started with other settings than the time before; the detail says what differs from the defaults.</summary>
    public const string SettingsAtStart = "settings_at_start";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SignIn,
        SignInFailed,
        SignOut,
        LoginEnded,
        TokenReused,
        ApplicationAllowed,
        CodeReused,
        PasswordChanged,
        PasswordReset,
        ResetLinkMade,
        EmailConfirmed,
        EmailChanged,
        SecondFactorSet,
        SecondFactorRemoved,
        RecoveryCodesMade,
        RecoveryCodeUsed,
        PasskeyAdded,
        PasskeyRemoved,
        PasskeyRefused,
        RoleChanged,
        AccountSuspended,
        AccountRestored,
        AccountCreated,
        RegistrationApproved,
        RegistrationRefused,
        InvitationMade,
        ArchiveAsked,
        AccountDeleted,
        PostRemoved,
        PostCovered,
        PostUncovered,
        ReportClosed,
        AccountWarned,
        AccountSilenced,
        AccountUnsilenced,
        AccountNoted,
        AccountsCompared,
        AppealMade,
        AppealClosed,
        SiteTextChanged,
        SettingsAtStart,
    ];

    /// <summary>The detail of an account that is, or becomes, a superuser's.</summary>
    internal const string Superuser = "superuser";

    /// <summary>The detail of one that becomes an ordinary user's.</summary>
    internal const string User = "user";

    /// <summary>The detail of a password that somebody who had a link for that has set.</summary>
    internal const string Link = "link";

    /// <summary>The detail of a row that counts what was too much of an hour.</summary>
    internal const string More = "more";
}
