using System.Collections.Frozen;
using System.Globalization;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>What a new password must be like (NIST SP 800-63B section 5.1.1.2: length, a list and the words of the account, no composition rules; RFC 8265: its form).</summary>
internal sealed class PasswordRules(PampsOptions options, IPasswords passwords)
{
    /// <summary>The most code points, in the form in which passwords are compared.</summary>
    public const int MaxLength = 256;

    /// <summary>The most characters that are looked at: far more than any normalization makes of so many.</summary>
    public const int MostTyped = 8 * MaxLength;

    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    /// <summary>A word of fewer characters stands in many passwords by chance.</summary>
    private const int FewestOfAName = 4;

    /// <summary>The password in that form, or why it is refused.</summary>
    /// <param name="field">The field that is to blame.</param>
    /// <param name="typed">What was given.</param>
    /// <param name="username">The account's user name, as it was given; null to leave it out.</param>
    /// <param name="email">Its e-mail address; null to leave it out.</param>
    public Result<string> Check(string field, string? typed, string? username = null, string? email = null)
    {
        var least = options.Security.PasswordMinLength;
        if (typed is not { Length: <= MostTyped })
        {
            return WrongLength();
        }
        if (passwords.FormOf(typed) is not { } password)
        {
            return Error.Invalid(field, "control_character", "The password holds a control character.");
        }
        if (password.EnumerateRunes().Count() is var length && (length < least || length > MaxLength))
        {
            return WrongLength();
        }
        if (!options.Security.RefuseCommonPasswords)
        {
            return password;
        }
        if (Common.Value.Contains(password.ToLowerInvariant()))
        {
            return Error.Invalid(
                field,
                "too_common",
                "This password is one of the most common ones, which are tried first."
            );
        }
        if (password.ToLowerInvariant().EnumerateRunes().Distinct().Count() == 1)
        {
            return Error.Invalid(field, "one_sign", "This password is one sign again and again.");
        }
        string?[] words = [username, email, email?.Split('@')[0]];
        return
            words.Any(x => x?.Trim() is { Length: > 0 } word && IsMadeOf(password, word))
            || options.Site.Name.Trim() is { Length: > 0 } site && IsLittleMoreThan(password, site)
            ? Error.Invalid(
                field,
                "holds_a_name",
                "A password must not hold the user name or the e-mail address, nor be little more than the site's name."
            )
            : password;

        Error WrongLength() =>
            Error.Invalid(
                field,
                "wrong_length",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A password has {least} to {MaxLength} characters."
                ),
                least,
                MaxLength
            );
    }

    /// <summary>Whether a password holds a word; a short one counts where hardly more than the word is left.</summary>
    private bool IsMadeOf(string password, string word) =>
        word.Length >= FewestOfAName
            ? password.Contains(word, StringComparison.OrdinalIgnoreCase)
            : IsLittleMoreThan(password, word);

    private bool IsLittleMoreThan(string password, string word) =>
        password.Contains(word, StringComparison.OrdinalIgnoreCase)
        && password.Replace(word, "", StringComparison.OrdinalIgnoreCase).Length
            < options.Security.PasswordMinLength;

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
    }
}
