using System.Globalization;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// The form in which passwords are hashed and compared: RFC 8265 section 4.2, OpaqueString. The same password is the same on every
/// keyboard, whether it writes é as one character or as two.
/// </summary>
/// <remarks>
/// Of what RFC 8264's FreeformClass leaves out only controls are refused: emoji are written with characters that nobody sees, and
/// what is not assigned yet will be.
/// </remarks>
public static class PasswordForm
{
    /// <summary>The form of a password: every space is an ordinary one, and the whole is in Unicode's normal form C.</summary>
    /// <param name="password">What was typed.</param>
    /// <returns>Null when it cannot be a new password: it holds NUL or another control character, or is no Unicode text.</returns>
    public static string? Of(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (Ascii.IsValid(password))
        {
            return password.Any(char.IsControl) ? null : password;
        }

        try
        {
            var form = string.Concat(
                    password.Select(x =>
                        char.GetUnicodeCategory(x) == UnicodeCategory.SpaceSeparator ? ' ' : x
                    )
                )
                .Normalize(NormalizationForm.FormC);
            return form.Any(char.IsControl) ? null : form;
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return null;
        }
    }
}
