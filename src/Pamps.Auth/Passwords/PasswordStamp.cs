using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// What a login store keeps of the password that opened a login. The login is good while the account's
/// hash has the same stamp, so a change of password ends every login of before, whatever else happens
/// in the same moment.
/// </summary>
public static class PasswordStamp
{
    /// <summary>The stamp of a password hash.</summary>
    /// <param name="passwordHash">The hash as the account has it.</param>
    /// <returns>44 characters of base64: SHA-256 of the hash, which tells nothing of the password.</returns>
    public static string Of(string passwordHash) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(passwordHash)));
}
