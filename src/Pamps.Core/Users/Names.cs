using System.Collections.Frozen;
using System.Globalization;
using System.Net.Mail;
using System.Text;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Users;

/// <summary>What names and addresses may look like, and the keys by which they are found and kept unique.</summary>
public static class Names
{
    /// <summary>The most characters of an e-mail address (RFC 5321 section 4.5.3.1.3, less its brackets).</summary>
    public const int MaxEmailLength = 254;

    /// <summary>Names that nobody has: words in the API's paths, and others that programs would take for something else. Compared in lower case.</summary>
    public static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet([
        "me",
        "follow",
        "followers",
        "following",
        "timeline",
        "password",
        "likes",
        "search",
        "notification",
        "notifications",
        "stream",
        "settings",
        "null",
        "undefined",
        "everyone",
        "block",
        "blocks",
        "mute",
        "mutes",
        "direct",
        "follow_requests",
        "here",
        "suspension",
    ]);

    /// <summary>
    /// Names by which people expect whoever runs the site: superusers and the command line alone make them. Compared in lower case.
    /// </summary>
    public static readonly FrozenSet<string> Official = FrozenSet.ToFrozenSet([
        "abuse",
        "admin",
        "admins",
        "administration",
        "administrator",
        "billing",
        "contact",
        "help",
        "helpdesk",
        "hostmaster",
        "info",
        "mod",
        "moderation",
        "moderator",
        "moderators",
        "mods",
        "noreply",
        "no_reply",
        "official",
        "operator",
        "owner",
        "pamps",
        "postmaster",
        "privacy",
        "root",
        "security",
        "service",
        "staff",
        "superuser",
        "support",
        "sysadmin",
        "system",
        "team",
        "webmaster",
    ]);

    /// <summary>The name for who asks for it.</summary>
    internal static Result<string> CheckUsername(string? username, Viewer? viewer, ModerationOptions options)
    {
        var name = CheckUsername(username);
        return
            !name.IsRefused(out _)
            && viewer is not { Superuser: true }
            && (Official.Contains(Key(name.Value)) || options.Reserves(Key(name.Value)))
            ? IsReserved
            : name;
    }

    private static Error IsReserved { get; } =
        Error.Invalid("username", "reserved", "This user name is reserved.");

    internal static Result<string> CheckUsername(string? username)
    {
        if (username is null || !UserName.IsName(username))
        {
            return Error.Invalid(
                "username",
                "not_a_username",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A user name has {UserName.MinLength} to {UserName.MaxLength} letters (A-Z), digits or underscores, and begins with a letter."
                ),
                UserName.MinLength,
                UserName.MaxLength
            );
        }
        return Reserved.Contains(Key(username)) ? IsReserved : username;
    }

    /// <summary>The address for who asks for it.</summary>
    internal static Result<string> CheckEmail(string? email, Viewer? viewer, ModerationOptions options)
    {
        var address = CheckEmail(email);
        return
            !address.IsRefused(out _)
            && viewer is not { Superuser: true }
            && options.Blocks(Key(address.Value))
            ? Error.Invalid("email", "blocked_domain", "Addresses of this domain are not taken here.")
            : address;
    }

    internal static Result<string> CheckEmail(string? email)
    {
        var trimmed = email?.Trim();
        var isAddress =
            !string.IsNullOrEmpty(trimmed)
            && trimmed.Length <= MaxEmailLength
            && trimmed.EnumerateRunes().All(IsVisible)
            && MailAddress.TryCreate(trimmed, out var address)
            && address.Address == trimmed
            && address.Host.Split('.') is { Length: > 1 } labels
            && labels.All(x => x.Length > 0);
        return isAddress
            ? trimmed!
            : Error.Invalid(
                "email",
                "not_an_email",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"An e-mail address looks like name@example.org and has at most {MaxEmailLength} characters."
                ),
                most: MaxEmailLength
            );
    }

    /// <summary>Whether people see it: two addresses that look the same are a trap.</summary>
    private static bool IsVisible(Rune rune) =>
        !Unseen.Is(rune)
        && rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>The form in which names and addresses are compared: case does not matter.</summary>
    internal static string Key(string nameOrEmail) => nameOrEmail.ToLowerInvariant();
}
