using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>Passwords and tokens.</summary>
public sealed class SecurityOptions
{
    /// <summary>The fewest PBKDF2 iterations outside tests: OWASP's figure for PBKDF2-HMAC-SHA512.</summary>
    public const int FewestIterations = 210_000;

    /// <summary>The key that signs tokens.</summary>
    [
        ConfigurationKeyName("SECRET_KEY"),
        Description(
            "Key that signs the tokens, at least 32 bytes (`pamps secret` prints one). "
                + "Empty: made once and kept in the data folder. All instances of a server need the same."
        )
    ]
    public string SecretKey { get; set; } = "";

    /// <summary>The signature algorithm of tokens.</summary>
    [
        ConfigurationKeyName("ALGORITHM"),
        Description("`HS256`, `HS384` or `HS512`; the longer ones need keys of 48 and 64 bytes."),
        AllowedValues("HS256", "HS384", "HS512", ErrorMessage = "must be HS256, HS384 or HS512")
    ]
    public string Algorithm { get; set; } = "HS256";

    /// <summary>Whom tokens are for; empty where they do not say.</summary>
    [
        ConfigurationKeyName("TOKEN_AUDIENCE"),
        Description(
            "`aud` of tokens, a word or a URI; tokens for others are refused. Programs that verify tokens themselves must name it, too, so it is empty, and none is written, unless it is set. To change it or to take it away signs everybody out, and so does to set it first while other instances run without it: stop all for that."
        ),
        StringLength(255, ErrorMessage = "must have at most 255 characters")
    ]
    public string TokenAudience { get; set; } = "";

    /// <summary>How long an access token lives, in minutes.</summary>
    [
        ConfigurationKeyName("ACCESS_TOKEN_EXPIRE_MINUTES"),
        Description("Minutes an access token lives."),
        Range(1, 525_600)
    ]
    public int AccessTokenExpireMinutes { get; set; } = 30;

    /// <summary>How long a refresh token lives, in minutes.</summary>
    [
        ConfigurationKeyName("REFRESH_TOKEN_EXPIRE_MINUTES"),
        Description("Minutes a refresh token lives; each use starts them anew, until the login ends."),
        Range(1, 5_256_000)
    ]
    public int RefreshTokenExpireMinutes { get; set; } = 600;

    /// <summary>How long a browser stays signed in that does not come, in days.</summary>
    [
        ConfigurationKeyName("SESSION_EXPIRE_DAYS"),
        Description(
            "Days a browser stays signed in that does not come; each visit starts them anew, until the login ends."
        ),
        Range(1, 3650)
    ]
    public int SessionExpireDays { get; set; } = 90;

    /// <summary>How long a login lasts, in days, however often it is refreshed.</summary>
    [
        ConfigurationKeyName("LOGIN_EXPIRE_DAYS"),
        Description(
            "Days a login lasts at most, however often it is refreshed; then the password is asked for."
        ),
        Range(1, 3650)
    ]
    public int LoginExpireDays { get; set; } = 90;

    /// <summary>How long the token of a program is good, in days; 0 for until it is ended.</summary>
    [
        ConfigurationKeyName("PROGRAM_TOKEN_DAYS"),
        Description(
            "Days the token of a program is good that somebody lets in. `0`: until they, or it, end it, as the apps of the Mastodon world expect, which cannot ask for another by themselves."
        ),
        Range(0, 3650)
    ]
    public int ProgramTokenDays { get; set; }

    /// <summary>PBKDF2-SHA512 iterations of new password hashes.</summary>
    [
        ConfigurationKeyName("PASSWORD_ITERATIONS"),
        Description(
            "PBKDF2-SHA512 iterations for passwords, at least 210,000. When it grows, hashes are renewed at sign-in."
        ),
        Range(1, 100_000_000)
    ]
    public int PasswordIterations { get; set; } = FewestIterations;

    /// <summary>The fewest characters of a new password.</summary>
    [
        ConfigurationKeyName("PASSWORD_MIN_LENGTH"),
        Description(
            "Fewest characters of a new password. 4 in Development and Testing, for the workshop's examples."
        ),
        Range(1, 256)
    ]
    public int PasswordMinLength { get; set; } = 8;

    /// <summary>Whether passwords on the list of common ones are refused.</summary>
    [
        ConfigurationKeyName("REFUSE_COMMON_PASSWORDS"),
        Description("Refuse passwords from the list of common ones. Off in Development and Testing.")
    ]
    public bool RefuseCommonPasswords { get; set; } = true;

    /// <summary>How many passwords are hashed at once; 0 is half of the cores.</summary>
    [
        ConfigurationKeyName("PARALLEL_HASHES"),
        Description(
            "Passwords hashed at once, so that sign-ins leave cores to readers. `0`: half of the cores."
        ),
        Range(0, 1024)
    ]
    public int ParallelHashes { get; set; }

    /// <summary>Failed sign-ins an account has from one address in a window before that address must wait.</summary>
    [
        ConfigurationKeyName("SIGN_IN_FAILURES_PER_ACCOUNT"),
        Description(
            "Failed sign-ins to one account from one address (of IPv6, one /64 network) within the window before that address is answered 429 for it."
        ),
        Range(1, 1_000_000)
    ]
    public int SignInFailuresPerAccount { get; set; } = 10;

    /// <summary>Failed sign-ins an account has from all addresses in a window before strangers to it are slowed down.</summary>
    [
        ConfigurationKeyName("SIGN_IN_FAILURES_FROM_EVERYWHERE"),
        Description(
            "Failed sign-ins to one account from all addresses within the window before addresses that were never signed in from may try once a minute."
        ),
        Range(1, 1_000_000)
    ]
    public int SignInFailuresFromEverywhere { get; set; } = 30;

    /// <summary>Failed sign-ins an address has in a window before it must wait.</summary>
    [
        ConfigurationKeyName("SIGN_IN_FAILURES_PER_ADDRESS"),
        Description(
            "Failed sign-ins from one address within the window before it is answered 429 for all accounts that it did not sign in to before."
        ),
        Range(1, 1_000_000)
    ]
    public int SignInFailuresPerAddress { get; set; } = 50;

    /// <summary>The length of that window, in minutes.</summary>
    [
        ConfigurationKeyName("SIGN_IN_FAILURE_WINDOW_MINUTES"),
        Description("Minutes that failed sign-ins count, from the first of them."),
        Range(1, 1440)
    ]
    public int SignInFailureWindowMinutes { get; set; } = 15;

    /// <summary>How many days the name of a deleted account stays taken.</summary>
    [
        ConfigurationKeyName("DELETED_NAME_DAYS"),
        Description(
            "Days that the name of a deleted account stays taken, so that nobody inherits the links to it. `0`: free at once. `pamps create-user` may take it before."
        ),
        Range(0, 36_500)
    ]
    public int DeletedNameDays { get; set; } = 30;

    /// <summary>How many days the security log is kept in the database.</summary>
    [
        ConfigurationKeyName("AUDIT_DAYS"),
        Description(
            "Days that the security log is kept in the database (`pamps audit`). `0`: not at all; its lines in the server's log stay, "
                + "and what commands do leaves nothing."
        ),
        Range(0, 36_500)
    ]
    public int AuditDays { get; set; } = 90;
}
