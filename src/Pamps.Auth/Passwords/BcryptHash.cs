using System.Text.RegularExpressions;

namespace Pamps.Auth;

/// <summary>
/// Hashes by bcrypt, as passlib and others keep them: accounts that come from elsewhere sign in with the passwords that they have, and get
/// a hash of ours. None is made here.
/// </summary>
/// <remarks>
/// bcrypt looks at the first 72 bytes alone. How long a wrong password takes tells that an account has such a hash still, until its owner
/// has signed in once.
/// </remarks>
public static partial class BcryptHash
{
    /// <summary>
    /// Whether this is one that is checked: <c>$2a$</c>, <c>$2b$</c> or <c>$2y$</c>, with a cost of 4 to 14. What one costs more is as
    /// much work as whoever wrote it pleases: at 31 a processor is busy for days.
    /// </summary>
    /// <param name="hash">What was stored.</param>
    public static bool Is(string hash) => Form().IsMatch(hash);

    internal static bool Matches(string hash, string password) => BCrypt.Net.BCrypt.Verify(password, hash);

    [GeneratedRegex(@"^\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}\z")]
    private static partial Regex Form();
}
