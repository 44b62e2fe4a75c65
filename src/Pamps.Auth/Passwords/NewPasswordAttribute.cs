using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Pamps.Auth;

/// <summary>
/// Checks a new password as <see cref="PasswordForm"/> has it: so many code points, and no control characters. In an OpenAPI
/// document it is the length of a string.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class NewPasswordAttribute : StringLengthAttribute
{
    /// <summary>Allows passwords of at most so many code points, and at least <see cref="StringLengthAttribute.MinimumLength"/>.</summary>
    /// <param name="maximumLength">The most code points.</param>
    public NewPasswordAttribute(int maximumLength)
        : base(maximumLength) { }

    /// <inheritdoc />
    public override bool IsValid(object? value) =>
        value is null
        || value is string password
            && PasswordForm.Of(password) is { } form
            && form.EnumerateRunes().Count() is var length
            && length >= MinimumLength
            && length <= MaximumLength;

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The field {name} must have {MinimumLength} to {MaximumLength} characters, none of them a control character."
        );
}
