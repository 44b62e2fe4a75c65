using System.Collections.Frozen;
using System.Globalization;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>What a new password must be like (NIST SP 800-63B section 5.1.1.2: length and a list, no composition rules).</summary>
internal sealed class PasswordRules(PampsOptions options)
{
    public const int MaxLength = 256;

    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    public Result<string> Check(string field, string? password)
    {
        var least = options.Security.PasswordMinLength;
        if (password is null || password.Length < least || password.Length > MaxLength)
        {
            return Error.Invalid(
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
        return options.Security.RefuseCommonPasswords && Common.Value.Contains(password.ToLowerInvariant())
            ? Error.Invalid(
                field,
                "too_common",
                "This password is one of the most common ones, which are tried first."
            )
            : password;
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
    }
}
