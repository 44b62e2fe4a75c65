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

    /// <summary>Finds the account of a login.</summary>
    /// <param name="accounts">Where accounts live.</param>
    /// <param name="accountId">Its id.</param>
    /// <param name="stamp">The stamp that the login was opened with.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when it is gone, is not active, or has another password since.</returns>
    public static async Task<Account?> FindByStampAsync(
        this IAccountStore accounts,
        long accountId,
        string stamp,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return
            await accounts.FindByIdAsync(accountId, cancellationToken) is { Active: true } account
            && Of(account.PasswordHash) == stamp
            ? account
            : null;
    }
}
